/** The longest text that is taken in or sent: ten parts in Arabic. */
export const longestSms = 670

// What is not seen and not needed: controls, direction marks other than ours, zero-width signs, private letters, halves of signs.
const unseen = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}]--[\n\u200d\u200e]]/gv
const strayJoiner =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu
/** Arabic sets at most two marks on a letter; towers of them hide what stands above. */
const mostMarks = 3
const towers = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, 'gu')
const clusters = new Intl.Segmenter('ar', { granularity: 'grapheme' })

/**
 * A text as a telephone may get it, or as we take it from one: without control characters, overrides and zero-width signs that would show it
 * otherwise than it is, in composed letters, one kind of line end and of blank, at most `most` units long (the rest gives way to «…»).
 * Cleaning again changes nothing. What is left may be empty.
 */
export function cleanSms(text: string, most = longestSms): string {
  // Nobody writes a hundred pages to a telephone; what would not fit anyway is not worth composing.
  const seen = text
    .slice(0, most * 20)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\p{Zs}]/gu, ' ')
    .replace(unseen, '')
    .replace(/\u200e+/g, '\u200e')
    .normalize('NFC')
    .replace(towers, '$1')
    .replace(strayJoiner, '')
    .replace(/(?<! ) +\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return seen.length <= most ? seen : shortened(seen, most)
}

/** The beginning of a text that is too long, up to the letter that still fits with the ellipsis. */
function shortened(text: string, most: number): string {
  const start = clusters.segment(text).containing(most - 1)?.index ?? 0
  // A single sign may be longer than all there is room for.
  const end = start || most - 1
  return `${text
    .slice(0, end)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(strayJoiner, '')
    .trimEnd()}…`
}
