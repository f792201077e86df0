import type { Write } from '../../platform/database/transaction.ts'

export type Happening = (tx: Write) => Promise<void>
type Entry = { at: number; order: number; happen: Happening }

/** What is going to happen in the town, in the order of time: numbers of a series rise with their dates. */
export type Agenda = {
  plan(at: Date, happen: Happening): void
  /** The earliest one, taken off; undefined when nothing is left. */
  next(): { at: Date; happen: Happening } | undefined
  readonly left: number
}

/** A binary heap; of two at one instant the one planned first comes first. */
export function openAgenda(): Agenda {
  const heap: Entry[] = []
  let planned = 0
  const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order)

  function swap(i: number, j: number): void {
    const a = heap[i]
    const b = heap[j]
    if (a && b) {
      heap[i] = b
      heap[j] = a
    }
  }
  function rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      const [here, above] = [heap[at], heap[parent]]
      if (!here || !above || !before(here, above)) return
      swap(at, parent)
      at = parent
    }
  }
  function sink(): void {
    let at = 0
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const [candidate, best] = [heap[child], heap[least]]
        if (candidate && best && before(candidate, best)) least = child
      }
      if (least === at) return
      swap(at, least)
      at = least
    }
  }

  return {
    get left() {
      return heap.length
    },
    plan(at, happen) {
      heap.push({ at: at.getTime(), order: planned++, happen })
      rise(heap.length - 1)
    },
    next() {
      const first = heap[0]
      const last = heap.pop()
      if (!first || !last) return undefined
      if (heap.length > 0) {
        heap[0] = last
        sink()
      }
      return { at: new Date(first.at), happen: first.happen }
    },
  }
}
