import { randomBytes } from 'node:crypto'
import { stringify } from 'uuid'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const counterSpace = 2 ** 32
const furthest = 2 ** 48

let lastInstant = -1
let counter = 0
let pool = Buffer.alloc(0)
let used = 0

/** Random bytes in one draw for many ids: a draw costs more than an id. */
function draw(count: number): Buffer {
  if (used + count > pool.length) {
    pool = randomBytes(4096)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}

/** Ids made in one millisecond by one process keep their order: a 32-bit counter stands after the instant. */
function nextCounter(instant: number): number {
  if (instant === lastInstant) counter = (counter + 1) % counterSpace
  else counter = draw(4).readUInt32BE() >>> 1
  lastInstant = instant
  return counter
}

/** A UUIDv7 whose time is `now`, so that ids sort by when the act happened, also in a backdated town. */
export function newId(now: Date): string {
  const instant = now.getTime()
  if (!(instant >= 0 && instant < furthest)) throw new RangeError('an id needs an instant after 1970')
  const sequence = nextCounter(instant)
  const bytes = Buffer.allocUnsafe(16)
  bytes.writeUIntBE(instant, 0, 6)
  bytes[6] = 0x70 | (sequence >>> 28)
  bytes[7] = (sequence >>> 20) & 0xff
  bytes[8] = 0x80 | ((sequence >>> 14) & 0x3f)
  bytes[9] = (sequence >>> 6) & 0xff
  draw(6).copy(bytes, 10)
  bytes[10] = ((sequence & 0x3f) << 2) | ((bytes[10] ?? 0) & 0x03)
  return stringify(bytes)
}

/** Whether a text (of an address, of a form) has the shape of an id, and so may be asked of the database. */
export function isId(text: string): boolean {
  return shape.test(text)
}
