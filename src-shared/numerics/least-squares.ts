/**
 * Which coefficients fit best, and among equally good ones are smallest?
 *
 * Complete orthogonal decomposition: QR with column pivoting, A·P = Q·[R; 0], and where columns depend on each other
 * or outnumber the rows a second QR of Rᵀ, which gives the solution of least norm (Golub & Van Loan, 5.5). So a matrix
 * without full rank is no special case, and finite numbers give finite ones.
 */

/** A matrix made ready: `solve` it for as many right-hand sides as there are, at rows × columns each. */
export interface LeastSquares {
  /** The x of least |A·x − b|, and among those of least |x|. `b` has a number a row, the result one a column. */
  solve(b: ArrayLike<number>): Float64Array
  readonly rank: number
}

/**
 * Factors a row-major matrix.
 *
 * @param tolerance what is shorter than this part of the longest column counts as 0; by default only rounding does
 */
export function leastSquares(
  matrix: ArrayLike<number>,
  rows: number,
  columns: number,
  tolerance = Number.EPSILON * Math.max(rows, columns),
): LeastSquares {
  const first = columnsOf(matrix, rows, columns)
  const { diagonal, order, rank } = pivotedQR(first, rows, tolerance)
  // R's first `rank` rows, as columns: R[r][c] stands in column c of `first`, its diagonal apart.
  const rowsOfR = Array.from({ length: rank }, (_, r) =>
    Float64Array.from({ length: columns }, (_, c) => (c === r ? at(diagonal, r) : c < r ? 0 : at(at(first, c), r))),
  )
  const second = rank < columns ? rowsOfR.map((row) => row.slice()) : null
  const secondDiagonal = second?.map((_, r) => reflect(second, r, columns)) ?? []

  return {
    rank,
    solve(b) {
      const rotated = Float64Array.from(b)
      for (let r = 0; r < rank; r++) applyReflection(at(first, r), r, rotated)
      const solution = new Float64Array(columns)
      if (second === null) {
        for (let r = rank - 1; r >= 0; r--) {
          let rest = at(rotated, r)
          for (let c = r + 1; c < rank; c++) rest -= at(at(rowsOfR, r), c) * at(solution, c)
          solution[r] = rest / at(diagonal, r)
        }
      } else {
        // Rᵀ = Z·T, so R·x = Tᵀ·(Zᵀ·x): solve Tᵀ·w = rotated forwards, then x = Z·[w; 0].
        for (let r = 0; r < rank; r++) {
          let rest = at(rotated, r)
          for (let c = 0; c < r; c++) rest -= at(at(second, r), c) * at(solution, c)
          solution[r] = rest / at(secondDiagonal, r)
        }
        for (let r = rank - 1; r >= 0; r--) applyReflection(at(second, r), r, solution)
      }
      const result = new Float64Array(columns)
      order.forEach((column, k) => {
        result[column] = at(solution, k)
      })
      return result
    },
  }
}

/**
 * The lower factor of G = L·Lᵀ, in the band that G is in; null where G is not safely positive definite: a pivot that is below
 * `tolerance` of the largest diagonal element, which is a case for {@link leastSquares}.
 *
 * @param band  G's lower half, c = r − width … r of row r at [r, c − r + width]; so is L
 * @param width how far from the diagonal elements may be other than 0: size − 1 where all may
 */
export function cholesky(band: Float64Array, size: number, width: number, tolerance: number): Float64Array | null {
  const lower = new Float64Array(band.length)
  const place = (r: number, c: number) => r * (width + 1) + c - r + width
  let largest = 0
  for (let m = 0; m < size; m++) largest = Math.max(largest, at(band, place(m, m)))
  for (let r = 0; r < size; r++) {
    const first = Math.max(0, r - width)
    for (let c = first; c <= r; c++) {
      let rest = at(band, place(r, c))
      for (let k = Math.max(first, c - width); k < c; k++) rest -= at(lower, place(r, k)) * at(lower, place(c, k))
      if (c < r) lower[place(r, c)] = rest / at(lower, place(c, c))
      else if (rest > tolerance * largest) lower[place(r, r)] = Math.sqrt(rest)
      else return null
    }
  }
  return lower
}

/** X of L·Lᵀ·X = right, L as {@link cholesky} has it; `right` is [size, any number of columns], as is X. */
export function substituteAll(lower: Float64Array, right: Float64Array, size: number, width: number): Float64Array {
  const columns = right.length / size
  const solution = right.slice()
  const place = (r: number, c: number) => r * (width + 1) + c - r + width
  const subtract = (row: number, other: number, factor: number) => {
    for (let c = 0; c < columns; c++) {
      solution[row * columns + c] = at(solution, row * columns + c) - factor * at(solution, other * columns + c)
    }
  }
  const divide = (row: number) => {
    const pivot = at(lower, place(row, row))
    for (let c = 0; c < columns; c++) solution[row * columns + c] = at(solution, row * columns + c) / pivot
  }
  for (let r = 0; r < size; r++) {
    for (let k = Math.max(0, r - width); k < r; k++) subtract(r, k, at(lower, place(r, k)))
    divide(r)
  }
  for (let r = size - 1; r >= 0; r--) {
    for (let k = Math.min(size - 1, r + width); k > r; k--) subtract(r, k, at(lower, place(k, r)))
    divide(r)
  }
  return solution
}

function columnsOf(matrix: ArrayLike<number>, rows: number, columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, (_, r) => matrix[r * columns + c] as number),
  )
}

/**
 * Factors in place, the longest remaining column first, and stops where what remains counts as 0.
 * Column r then holds its reflection below, and R above, the diagonal, which is returned apart.
 */
function pivotedQR(columns: Float64Array[], rows: number, tolerance: number) {
  const order = columns.map((_, c) => c)
  const diagonal: number[] = []
  let smallest = 0
  for (let r = 0; r < Math.min(rows, columns.length); r++) {
    let pivot = r
    let longest = -1
    for (let c = r; c < columns.length; c++) {
      const length = norm(at(columns, c), r)
      if (length > longest) {
        pivot = c
        longest = length
      }
    }
    if (r === 0) smallest = longest * tolerance
    if (!(longest > smallest)) break
    swap(columns, r, pivot)
    swap(order, r, pivot)
    diagonal.push(reflect(columns, r, rows))
  }
  return { diagonal, order, rank: diagonal.length }
}

/**
 * One Householder step: column r becomes a unit vector v below r, the later columns are reflected by I − 2vvᵀ.
 * Returns R's diagonal element.
 */
function reflect(columns: readonly Float64Array[], r: number, rows: number): number {
  const column = at(columns, r)
  const length = norm(column, r)
  if (length === 0) return 0
  const head = at(column, r)
  const diagonal = head > 0 ? -length : length
  column[r] = head - diagonal
  const scale = norm(column, r)
  for (let k = r; k < rows; k++) column[k] = at(column, k) / scale
  for (let c = r + 1; c < columns.length; c++) applyReflection(column, r, at(columns, c))
  return diagonal
}

function applyReflection(unit: Float64Array, from: number, vector: Float64Array): void {
  let product = 0
  for (let k = from; k < unit.length; k++) product += at(unit, k) * at(vector, k)
  for (let k = from; k < unit.length; k++) vector[k] = at(vector, k) - 2 * product * at(unit, k)
}

function norm(column: Float64Array, from: number): number {
  let sum = 0
  for (let k = from; k < column.length; k++) sum += at(column, k) ** 2
  return Math.sqrt(sum)
}

function swap<T>(list: T[], a: number, b: number): void {
  const held = list[a] as T
  list[a] = list[b] as T
  list[b] = held
}

function at<T>(list: ArrayLike<T>, index: number): T {
  return list[index] as T
}
