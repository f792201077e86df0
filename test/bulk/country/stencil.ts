import { uuids } from './harvest.ts'
import { marks } from './marks.ts'

/**
 * A text with places: a literal, a place of the life (0 and up), or a place of the town (below 0, `~index` into its ids). What is stamped is the
 * texts with the places filled.
 */
export type Stencil = readonly (string | number)[]

/** What stands at a place of a life: what it is, and the text it was in the pattern. */
export type Place =
  | { is: 'id' | 'at' | 'day' | 'day-month' | 'code' | 'subscription' | 'till' | 'year' | 'own'; was: string }
  | { is: 'account'; was: string; code: string }
  /** A deadline of the request or of a task: `was` says which, `at` when it was. */
  | { is: 'due'; was: string; at: string }
  | { is: 'request' | 'outgoing' | 'receipt'; was: string; at: string }
  | {
      is:
        | 'first'
        | 'father'
        | 'grandfather'
        | 'family'
        | 'initials'
        | 'person'
        | 'phone'
        | 'phone-index'
        | 'hash'
      was: ''
    }
  /** Bytes of the leaf of this number in hexadecimal, or the digest of another text. */
  | { is: 'leaf-bytes'; was: string }
  | { is: 'digest'; was: string; of: Stencil }
  | { is: 'total'; was: string }

/** Places of one life, each once. */
export class Places {
  readonly all: Place[] = []
  readonly #known = new Map<string, number>()

  of(place: Place): number {
    const key = `${place.is} ${place.was}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.all.push(place)
    this.#known.set(key, this.all.length - 1)
    return this.all.length - 1
  }

  /** The place of this kind and text, where there is one. */
  find(is: Place['is'], was: string): number | undefined {
    return this.#known.get(`${is} ${was}`)
  }
}

/** What is known of a life before its texts are read. */
export type Reading = {
  places: Places
  /** Ids of the town, by their index. */
  townIds: ReadonlyMap<string, number>
  personId: string
  /** Accounts of the person themselves, by id: their kind. */
  own: ReadonlyMap<string, string>
  /** When each number was given: serials of receipts, numbers of certificates, the request's own. */
  given: ReadonlyMap<string, string>
  /** Texts that are places of their own, such as a digest. */
  further?: ReadonlyMap<string, Place>
}

const { name, begins } = marks
const counted = Object.values(begins).map(begin => String(begin).slice(0, 3))
const initials = [name.father, name.grandfather, name.family].map(word => `${word[0]}.`).join(' ')
const words = {
  [name.first]: 'first',
  [name.father]: 'father',
  [name.grandfather]: 'grandfather',
  [name.family]: 'family',
} as const
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/
const finder = new RegExp(
  [
    uuids.source,
    instant.source,
    '(?<![\\d-])20\\d\\d-\\d\\d-\\d\\d(?![\\d-])',
    `(?<![\\w.])(?:${counted.join('|')})\\d{4}(?:/20\\d\\d)?(?!\\w)`,
    '(?<![\\w-])\\d{2}-\\d{6}-\\d(?![\\w-])',
    '(?<!\\w)[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?!\\w)',
    '(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])',
    initials.replaceAll('.', '\\.'),
    ...Object.keys(words),
  ].join('|'),
  'g',
)
/** What lies before the first life, such as a year of birth, is no date of the life. */
const lived = '2024-11'

/** Reads a text of a life into a stencil. */
export function read(text: string, reading: Reading): Stencil {
  const stencil: (string | number)[] = []
  let from = 0
  const literal = (to: number) => {
    if (to > from) stencil.push(text.slice(from, to))
  }
  for (const match of text.matchAll(finder)) {
    const found = placesIn(match[0], reading)
    if (!found) continue
    literal(match.index)
    stencil.push(...found)
    from = match.index + match[0].length
  }
  literal(text.length)
  return stencil
}

function placesIn(
  found: string,
  { places, townIds, personId, own, given, further }: Reading,
): Stencil | undefined {
  const special = further?.get(found)
  if (special) return [places.of(special)]
  if (found.length === 64) return undefined
  if (found in words) return [places.of({ is: words[found as keyof typeof words] as 'first', was: '' })]
  if (found === initials) return [places.of({ is: 'initials', was: '' })]
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(found)) {
    const town = townIds.get(found)
    if (town !== undefined) return [~town]
    if (found === personId) return [places.of({ is: 'person', was: '' })]
    const kind = own.get(found)
    return [places.of(kind === undefined ? { is: 'id', was: found } : { is: 'own', was: kind })]
  }
  if (instant.test(found))
    return found < lived ? undefined : [places.of({ is: 'at', was: new Date(found).toISOString() })]
  if (/^20\d\d-\d\d-\d\d$/.test(found))
    return found < lived ? undefined : [places.of({ is: 'day', was: found })]
  if (/^\d{2}-\d{6}-\d$/.test(found))
    return [places.of({ is: 'account', was: found, code: found.slice(0, 2) })]
  if (/^[0-9A-Z]{4}-[0-9A-Z]{4}-/.test(found)) return [places.of({ is: 'code', was: found })]
  const [number = '', year] = found.split('/')
  const at = given.get(number)
  if (at === undefined) return undefined
  const is = (Object.entries(begins).find(
    ([, begin]) => String(begin).slice(0, 3) === number.slice(0, 3),
  )?.[0] ?? 'request') as 'request' | 'outgoing' | 'receipt'
  const place = places.of({ is, was: number, at })
  return year === undefined ? [place] : [place, '/', places.of({ is: 'year', was: at })]
}

/** Days said in messages as day and month, as places; the year is that of the morning all lives begin on. */
export function readDays(stencil: Stencil, places: Places, year: number): Stencil {
  return stencil.flatMap(piece => {
    if (typeof piece === 'number') return [piece]
    const parts: (string | number)[] = []
    let from = 0
    for (const match of piece.matchAll(/(?<![\d/.,])(\d{1,2})\/(\d{1,2})(?![\d/])/g)) {
      const [whole, day = '', month = ''] = match
      parts.push(piece.slice(from, match.index))
      parts.push(
        places.of({ is: 'day-month', was: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` }),
      )
      from = match.index + whole.length
    }
    return [...parts, piece.slice(from)]
  })
}

/** The literals of a stencil as COPY takes them. */
export const escaped = (stencil: Stencil): Stencil =>
  stencil.map(piece => (typeof piece === 'number' ? piece : copyCell(piece)))

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }
/** A text as a cell of COPY. */
export const copyCell = (text: string): string => text.replace(/[\\\n\t\r]/g, each => escapes[each] ?? each)

/** Pieces that lie side by side are joined; with `town`, its places are filled. */
export function fix(stencil: Stencil, town?: readonly string[]): Stencil {
  const joined: (string | number)[] = []
  for (const piece of stencil) {
    const now = typeof piece === 'number' && piece < 0 && town ? (town[~piece] ?? '') : piece
    const last = joined.at(-1)
    if (typeof now === 'string' && typeof last === 'string') joined[joined.length - 1] = last + now
    else joined.push(now)
  }
  return joined
}

/** The text, with the places of the life filled. */
export function fill(stencil: Stencil, values: readonly string[]): string {
  let text = ''
  for (const piece of stencil) text += typeof piece === 'string' ? piece : values[piece]
  return text
}
