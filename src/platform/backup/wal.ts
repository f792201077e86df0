/** Places in the write-ahead log, and the names of its files. https://www.postgresql.org/docs/current/wal-internals.html */

/** A place is a count of bytes since the beginning; written `0/16B3748`. */
export function readPlace(text: string): bigint {
  const [high = '', low = ''] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

export const writePlace = (place: bigint): string =>
  `${(place >> 32n).toString(16)}/${(place & 0xffffffffn).toString(16)}`.toUpperCase()

const hex8 = (value: bigint | number) => value.toString(16).toUpperCase().padStart(8, '0')

/** The file that holds a place: 24 hexadecimal digits of timeline and number. */
export function segmentOf(place: bigint, timeline: number, size: number): string {
  const number = place / BigInt(size)
  const each = 0x1_0000_0000n / BigInt(size)
  return `${hex8(timeline)}${hex8(number / each)}${hex8(number % each)}`
}

/** The place a file begins at. */
export function placeOf(segment: string, size: number): bigint {
  const each = 0x1_0000_0000n / BigInt(size)
  return (BigInt(`0x${segment.slice(8, 16)}`) * each + BigInt(`0x${segment.slice(16, 24)}`)) * BigInt(size)
}

export const isSegment = (name: string): boolean => /^[0-9A-F]{24}$/.test(name)
