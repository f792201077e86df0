let lastMs = Number.NaN
let lastHex = ''

/** The first half of a UUIDv7 of that instant; many rows are of one. */
function timeHex(ms: number): string {
  if (ms !== lastMs) {
    const hex = ms.toString(16).padStart(12, '0')
    lastHex = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
    lastMs = ms
  }
  return lastHex
}

const three = Array.from({ length: 4096 }, (_, number) => number.toString(16).padStart(3, '0'))

/** An id that sorts by its instant and is of one town (below 4,096), one life in it, and one place in the life (below 4,096). */
export const idText = (ms: number, place: number, town: number, life: number): string =>
  `${timeHex(ms)}${three[place]}-8${three[town]}-${life.toString(16).padStart(12, '0')}`

/** The instant a UUIDv7 begins with, in ms. */
export const idTime = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
