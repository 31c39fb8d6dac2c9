// How do several threads share one piece of work? The main thread publishes a job of numbered items; it and the workers
// take one after the other. Which thread takes which item changes nothing in the result: what an item computes, and where it
// leaves it, depends on its number alone. No worker needs to be there: the main thread takes what nobody else takes.

import { run } from './items.as'

// In the memory below AssemblyScript's static data. The ticket is {generation, next item}: 15 and 16 bits.
const TICKET: usize = 1024, TOTAL: usize = 1088, COMMAND: usize = 1092, DONE: usize = 1152, SLEEPERS: usize = 1216, QUIT: usize = 1280, WORKERS: usize = 1284
const ITEM: i32 = 0xffff
// Looks at the ticket before going to sleep: some 50 microseconds. Waking up costs about as much.
const SPINS: i32 = 20000

// Whether workers may be there; without, items are simply walked.
let shared = false
export function share(): void { shared = true }

// Does items 0 ... total - 1 of a command and returns when all are done.
export function dispatch(command: i32, total: i32): void {
  if (!shared || total == 1) {
    for (let item = 0; item < total; item++) run(command, item)
    return
  }
  atomic.store<i32>(DONE, 0)
  store<i32>(TOTAL, total)
  store<i32>(COMMAND, command)
  const generation = ((atomic.load<i32>(TICKET) >>> 16) + 1) & 0x7fff
  atomic.store<i32>(TICKET, generation << 16)
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(TICKET, -1)
  while (take()) {}
  for (let spins = 0; atomic.load<i32>(DONE) < total; spins++) {
    // A worker that was put aside by the system is waited for without keeping a core from it.
    const done = atomic.load<i32>(DONE)
    if (spins > SPINS && done < total) atomic.wait<i32>(DONE, done, 200000)
  }
}

// Takes one item, if there is one. What was read of the job holds if the ticket did not change meanwhile.
function take(): bool {
  const ticket = atomic.load<i32>(TICKET), item = ticket & ITEM
  const command = load<i32>(COMMAND)
  if (item >= load<i32>(TOTAL)) return false
  if (atomic.cmpxchg<i32>(TICKET, ticket, ticket + 1) != ticket) return true
  run(command, item)
  atomic.add<i32>(DONE, 1)
  return true
}

// A worker's life: returns when the network is disposed of.
export function work(): void {
  atomic.add<i32>(WORKERS, 1)
  while (!atomic.load<i32>(QUIT)) {
    if (take()) continue
    const ticket = atomic.load<i32>(TICKET)
    let spins = 0
    while (spins < SPINS && atomic.load<i32>(TICKET) == ticket) spins++
    if (spins < SPINS) continue
    atomic.add<i32>(SLEEPERS, 1)
    atomic.wait<i32>(TICKET, ticket, -1)
    atomic.sub<i32>(SLEEPERS, 1)
  }
}

// How many workers are there.
export function workers(): i32 { return atomic.load<i32>(WORKERS) }

// Sends all workers home.
export function dismiss(): void {
  atomic.store<i32>(QUIT, 1)
  atomic.add<i32>(TICKET, ITEM + 1)
  atomic.notify(TICKET, -1)
}
