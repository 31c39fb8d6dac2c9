/** Where do repeatable random numbers come from? The same seed and stream give the same numbers everywhere. */

/**
 * A generator of uniform numbers in [0, 1), 53 bits each. Streams of one seed are independent of each other.
 *
 * sfc32 (C. Doty-Humphrey, PractRand), seeded by a hash of seed and stream.
 *
 * @param seed a non-negative integer
 */
export function random(seed: number, stream = ''): () => number {
  let [a, b, c, counter] = hash(`${seed}/${stream}`)
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + result) | 0
    return result >>> 0
  }
  // The first numbers still show the seed.
  for (let k = 0; k < 12; k++) next()
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53
}

/** The numbers 0 … n − 1 in random order (Fisher–Yates). */
export function shuffle(n: number, next: () => number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, k) => k)
  for (let k = n - 1; k > 0; k--) {
    const other = Math.floor(next() * (k + 1))
    const held = order[k] as number
    order[k] = order[other] as number
    order[other] = held
  }
  return order
}

/** Four 32-bit hashes of a text: FNV-1a from four starts, each finished as in MurmurHash3. */
function hash(text: string): [number, number, number, number] {
  const from = (start: number): number => {
    let h = start
    for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return h ^ (h >>> 16)
  }
  return [from(0x811c9dc5), from(0x9e3779b9), from(0x3c6ef372), from(0xdaa66d2b)]
}
