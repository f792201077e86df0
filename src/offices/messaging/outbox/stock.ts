import type { Wanted } from './due.ts'
import type { Room } from './line.ts'
import type { Claimed } from './model.ts'
import type { Terms } from './terms.ts'

/**
 * Messages of one channel that were read and screened ahead, while those before them are under way. Nothing of them is written down: whoever
 * dies leaves them planned.
 */
export type Stock = {
  /** Begins to read, where nothing is left and more may be due. */
  readAhead(wanted: Room, terms: Terms | undefined): void
  /** As many as there is room for, the most urgent first; reads where there are none. `none` where nothing is due, or has room. */
  take(room: Room, wanted: Room, terms: Terms): Promise<Claimed[] | 'none'>
  size(): number
  /** How many were due since it was opened. */
  seen(): number
  /** Lets be what was not taken. */
  close(): Promise<void>
}

type Read = (wanted: Omit<Wanted, 'channel'>, terms: Terms) => Promise<{ due: number; ready: Claimed[] }>

/** What has no room after so long, or was screened by other terms, is read anew: others may be more urgent, it may be paused or taken back. */
const freshMs = 1_000

export function openStock(read: Read, letBe: (messages: readonly Claimed[]) => void): Stock {
  let stock: Claimed[] = []
  let seen = 0
  let more = true
  let readAt = 0
  let under: Terms | undefined
  let reading: Promise<void> | undefined

  async function readMore(wanted: Room, terms: Terms): Promise<void> {
    readAt = performance.now()
    under = terms
    const { due, ready } = await read(wanted, terms)
    seen += due
    more = due >= wanted.most
    stock = ready.sort((a, b) => a.lane - b.lane)
  }

  return {
    readAhead(wanted, terms) {
      if (reading || stock.length > 0 || !more || !terms) return
      reading = readMore(wanted, terms)
      // Whoever takes hears of it.
      reading.catch(() => {})
    },
    async take(room, wanted, terms) {
      const begun = reading
      reading = undefined
      await begun
      if (stock.length > 0 && (under !== terms || performance.now() - readAt > freshMs)) {
        letBe(stock)
        stock = []
        more = true
      }
      if (stock.length === 0 && more) await readMore(atLeast(wanted, room), terms)
      if (stock.length === 0) return more ? [] : 'none'
      const [taken, left] = divide(stock, room)
      stock = left
      return taken.length > 0 ? taken : 'none'
    },
    size: () => stock.length,
    seen: () => seen,
    async close() {
      await reading?.catch(() => {})
      letBe(stock)
      stock = []
    },
  }
}

const atLeast = (wanted: Room, room: Room): Room => ({
  most: Math.max(wanted.most, room.most),
  bulk: Math.max(wanted.bulk, room.bulk),
})

/** Those there is room for, and the others. */
function divide(messages: readonly Claimed[], { most, bulk }: Room): [Claimed[], Claimed[]] {
  let many = 0
  const taken: Claimed[] = []
  const left: Claimed[] = []
  for (const message of messages) {
    const fits = taken.length < most && (message.lane < 2 || many < bulk)
    if (fits && message.lane === 2) many += 1
    ;(fits ? taken : left).push(message)
  }
  return [taken, left]
}
