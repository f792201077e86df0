/** The letters a font has a drawing for, as its character map says (OpenType `cmap`, format 4: the first plane, where all letters of ours stand). */
export function lettersOf(font: Buffer): (code: number) => boolean {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + 16 * at)
  const cmap = tables.find(at => font.toString('latin1', at, at + 4) === 'cmap')
  if (cmap === undefined) throw new Error('a font without a character map')
  const start = font.readUInt32BE(cmap + 8)
  const maps = Array.from(
    { length: font.readUInt16BE(start + 2) },
    (_, at) => start + font.readUInt32BE(start + 8 + 8 * at),
  )
  const map = maps.find(at => font.readUInt16BE(at) === 4)
  if (map === undefined) throw new Error('a font without a character map')
  const count = font.readUInt16BE(map + 6) / 2
  const segments = Array.from({ length: count }, (_, at) => {
    const [last, first] = [map + 14 + 2 * at, map + 16 + 2 * count + 2 * at]
    return [font.readUInt16BE(first), font.readUInt16BE(last)] as const
  })
  return code => code < 0xffff && segments.some(([first, last]) => code >= first && code <= last)
}

const clusters = new Intl.Segmenter('ar', { granularity: 'grapheme' })
/** What is never drawn by itself: marks of direction, joiners, line ends. */
const unseen = /^[\p{Default_Ignorable_Code_Point}\s]$/u
const controls = /(?!\n)\p{Cc}/gu

/** The same text with a square in the place of each picture or letter that is not drawn: paper says that something stood there. */
export function shownText(text: string, has: (code: number) => boolean): string {
  const drawn = (letter: string) => unseen.test(letter) || has(letter.codePointAt(0) ?? 0)
  return [...clusters.segment(text.toWellFormed().replace(controls, ' '))]
    .map(({ segment }) => ([...segment].every(drawn) ? segment : '□'))
    .join('')
}

/** Every text of something, however deep, as it can be drawn. */
export function shownWhole(value: unknown, has: (code: number) => boolean): unknown {
  if (typeof value === 'string') return shownText(value, has)
  if (Array.isArray(value)) return value.map(each => shownWhole(each, has))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shownWhole(each, has)]))
}
