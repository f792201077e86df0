import { hash } from 'node:crypto'
import type { Chance } from '../../../src/offices/demo/random.ts'
import { accountNumber } from '../../../src/offices/treasury/account-number.ts'
import type { Copier } from './copy.ts'
import { idText, idTime } from './ids.ts'
import type { LifeStencil, Sheets } from './life.ts'
import type { Log } from './log.ts'
import type { Somebody } from './people.ts'
import { fill, fix, type Place } from './stencil.ts'
import type { Tills } from './tills.ts'
import type { Times } from './times.ts'

const day = 86_400_000
/** What clocks here are ahead of UTC, in winter: a year begins by it. */
const ahead = 2 * 3_600_000
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const kindOf: Record<string, string> = { '20': 'electricity', '30': 'water' }

/** Counters of a town, as its rows of `series` will say them. */
export class Counters {
  readonly last = new Map<string, number>()
  next(name: string, year: number): number {
    const key = `${name}\t${year}`
    const next = (this.last.get(key) ?? 0) + 1
    this.last.set(key, next)
    return next
  }
}

/** A town while it is being stamped. */
export type Bench = {
  town: string
  place: number
  ids: readonly string[]
  copier: Copier
  log: Log
  counters: Counters
  tills: Tills
  chance: Chance
  seed: number
}

const days: string[] = []
/** A day as its text, by its number since 1970. */
function dayText(number: number): string {
  const known = days[number] ?? new Date(number * day).toISOString().slice(0, 10)
  days[number] = known
  return known
}

export const yearAt = (ms: number): number => new Date(ms + ahead).getUTCFullYear()

/** Fixes a life's texts for a town, so that only what differs from request to request is left. */
export function forTown(life: LifeStencil, ids: readonly string[]): LifeStencil {
  const fixed = ({ sheets, leaves }: Sheets): Sheets => ({
    sheets: sheets.map(sheet => ({ ...sheet, text: fix(sheet.text, ids) })),
    leaves: leaves.map(leaf => ({ ...leaf, id: fix(leaf.id, ids), bytes: fix(leaf.bytes, ids) })),
  })
  return {
    ...fixed(life),
    places: life.places,
    ms: life.ms,
    own: new Map([...life.own].map(([kind, sheets]) => [kind, fixed(sheets)])),
  }
}

/** A life at its time: so many days and ms later than in the pattern. `taken` is what came in at the till, by its instant. */
export type Stamped = {
  life: LifeStencil
  taken: ReadonlyMap<string, number>
  times: Times
  days: number
  sway: number
  number: number
  who: Somebody
}

/** Writes the rows of one life at its time, of one person. */
export function stamp(bench: Bench, kinds: readonly string[], of: Stamped): void {
  const { life, who } = of
  const places = life.places.all
  const values = new Array<string>(places.length)
  for (let at = 0; at < places.length; at++) values[at] = textAt(places[at] as Place, at, bench, kinds, of)
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as Place
    if (place.is === 'digest') values[at] = hash('sha256', fill(fix(place.of, bench.ids), values), 'hex')
  }
  write(bench, life, values)
  for (const [kind, sheets] of life.own) {
    const bit = 1 << kinds.indexOf(kind)
    if (who.accounts & bit) continue
    who.accounts |= bit
    write(bench, sheets, values)
  }
}

/** The rows of sheets and what is sealed of them, with these values at their places. */
export function write(
  { log, copier }: Pick<Bench, 'log' | 'copier'>,
  { sheets, leaves }: Sheets,
  values: string[],
): void {
  for (const leaf of leaves) {
    const bytes = fill(leaf.bytes, values)
    if (leaf.place !== undefined) values[leaf.place] = Buffer.from(bytes, 'utf8').toString('hex')
    log.add(leaf.kind, fill(leaf.id, values), bytes)
  }
  for (const sheet of sheets) copier.add(sheet.table, fill(sheet.text, values), sheet.rows)
}

function textAt(place: Place, at: number, bench: Bench, kinds: readonly string[], of: Stamped): string {
  const { times, sway, who } = of
  const was = of.life.ms[at] ?? 0
  const shifted = was + of.days * day + sway
  switch (place.is) {
    case 'id':
      return idText(shifted, at, bench.place, of.number)
    case 'at':
    case 'due':
      return new Date((times.at[at] ?? 0) + (times.moves[at] ? sway : 0)).toISOString()
    case 'day':
      return dayText(was / day + of.days)
    case 'day-month': {
      const [, month, date] = dayText(was / day + of.days).split('-')
      return `${Number(date)}/${Number(month)}`
    }
    case 'year':
      return String(yearAt(shifted))
    case 'request':
    case 'outgoing':
      return String(bench.counters.next(place.is, yearAt(shifted)))
    case 'receipt':
      return String(bench.counters.next('receipt:M', yearAt(shifted)))
    case 'account':
      return accountNumber(kindOf[place.code] ?? 'other', bench.counters.next('account', 0))
    case 'subscription':
      return String(10_000 + bench.counters.next('subscription', 0))
    case 'code':
      return Array.from({ length: 4 }, () => fourSigns(bench.chance)).join('-')
    case 'till':
      return bench.tills.at(shifted, of.taken.get(place.was) ?? 0)
    case 'own':
      return idText(
        idTime(who.id),
        1 + kinds.indexOf(place.was),
        bench.place,
        Number.parseInt(who.id.slice(24), 16),
      )
    case 'person':
      return who.id
    case 'phone':
      return who.phone
    case 'phone-index':
      return who.phoneIndex
    case 'first':
    case 'father':
    case 'grandfather':
    case 'family':
    case 'initials':
      return who[place.is]
    case 'hash':
      return `\\\\x${hash('sha256', `${bench.seed} ${bench.town} ${of.number}`, 'hex')}`
    default:
      return ''
  }
}

const fourSigns = (chance: Chance): string => {
  let draw = Math.floor(chance.next() * 2 ** 20)
  let text = ''
  for (let each = 0; each < 4; each++) {
    text += signs[draw & 31]
    draw >>>= 5
  }
  return text
}
