/** The studio's mark: two curves that cross. */
export function Mark() {
  return (
    <svg
      className="mark"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M2 4c5 0 5 8 12 8M2 12c5 0 5-8 12-8" />
    </svg>
  )
}
