/** What the oldest browser that the window runs in has of ES2023 (Chromium 108): the rest, such as toSorted, is an error of types. */
interface Array<T> {
  findLast(is: (value: T, index: number) => unknown): T | undefined
  findLastIndex(is: (value: T, index: number) => unknown): number
}
interface ReadonlyArray<T> {
  findLast(is: (value: T, index: number) => unknown): T | undefined
  findLastIndex(is: (value: T, index: number) => unknown): number
}
