import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import type { MessageKind } from '../../../kernel/messages/index.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { addDays, type CalendarDate, startOfDay } from '../../../lib/calendar.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { findPeople, indexPhone, samePerson } from '../../people/index.ts'
import { reachesTown, type Visible } from './access.ts'
import { linesOf } from './lines.ts'
import { type MessageLine, reportDays, type StateGroup, stateGroups } from './model.ts'

const dayMs = 86_400_000
/** Who reaches only some requests looks back so far at once, unless they name the days. */
const daysAtOnce = 31

export type MessageFilter = {
  /** A request's number, a telephone, or words of a name. */
  text?: string | undefined
  group?: StateGroup | undefined
  kind?: MessageKind | undefined
  template?: string | undefined
  from?: CalendarDate | undefined
  to?: CalendarDate | undefined
  /** Where the list goes on: the last line of the page before. */
  before?: { at: Date; id: string } | undefined
}

/** What the words of a search turned out to be. */
export type Sought =
  | { what: 'request'; year: number; number: number }
  | { what: 'phone'; index: Buffer }
  | { what: 'people'; ids: string[] }

export type Finder = { actor: Actor; visible: Visible; crypto: Crypto; timeZone: string }

/** Reads what was typed into the search; undefined for nothing typed. One look-up, of the names. */
export async function readSought(tx: Read, crypto: Crypto, text: string): Promise<Sought | undefined> {
  const typed = toWesternDigits(text.trim())
  if (typed === '') return undefined
  const request = /^(\d{1,9})\s*\/\s*(\d{4})$/.exec(typed)
  if (request) return { what: 'request', number: Number(request[1]), year: Number(request[2]) }
  const phone = parsePhone(typed)
  if (phone.ok) return { what: 'phone', index: indexPhone({ tx, crypto }, phone.value.e164) }
  const { people } = await findPeople(tx, crypto, text)
  return { what: 'people', ids: people.map(({ id }) => id) }
}

/** Messages the actor may read and that were asked for, the latest first. One statement besides what the search words need. */
export async function findMessages(
  tx: Read,
  finder: Finder,
  filter: MessageFilter,
  limit: number,
): Promise<MessageLine[]> {
  const sought = await readSought(tx, finder.crypto, filter.text ?? '')
  if (sought?.what === 'people' && sought.ids.length === 0) return []
  const which = [...soughtIn(tx, sought), ...filteredBy(filter), ...daysOf(tx, finder, filter, sought)]
  if (filter.group) which.push(...inGroup(tx, filter.group))
  if (filter.before)
    which.push(sql`(m.planned_at, m.message_id) < (${filter.before.at}, ${filter.before.id}::uuid)`)
  const where = which.length > 0 ? sql.join(which, sql` and `) : sql`true`
  return linesOf(tx, finder, where, { limit })
}

function soughtIn(tx: Read, sought: Sought | undefined): RawBuilder<unknown>[] {
  if (!sought) return []
  if (sought.what === 'phone') return [sql`m.to_index = ${sought.index}`]
  if (sought.what === 'request')
    return [
      sql`m.request_id = (select f.request_id from request f
             where f.municipality_id = ${tx.town} and f.year = ${sought.year} and f.number = ${sought.number})`,
    ]
  const ids = sought.ids.map(id => samePerson(id))
  return [sql`m.person_id = any(${sql.join(ids, sql` || `)})`]
}

function filteredBy({ kind, template }: MessageFilter): RawBuilder<unknown>[] {
  return [...(kind ? [sql`m.kind = ${kind}`] : []), ...(template ? [sql`m.template = ${template}`] : [])]
}

function daysOf(
  tx: Read,
  { actor, timeZone }: Finder,
  { from, to }: MessageFilter,
  sought: Sought | undefined,
): RawBuilder<unknown>[] {
  const narrow = !sought && !from && !reachesTown(actor)
  return [
    ...(from ? [sql`m.planned_at >= ${startOfDay(from, timeZone)}`] : []),
    ...(to ? [sql`m.planned_at < ${startOfDay(addDays(to, 1), timeZone)}`] : []),
    ...(narrow ? [sql`m.planned_at >= ${new Date(tx.now.getTime() - daysAtOnce * dayMs)}`] : []),
  ]
}

/** Said so that the planner finds the index of the few: the states stand in the words of the statement. */
function inGroup(tx: Read, group: StateGroup): RawBuilder<unknown>[] {
  const states = (named: readonly string[]) => sql.join(named.map(state => sql.lit(state)))
  if (group === 'delivered') return [sql`m.state = 'delivered'`]
  if (group !== 'on-way') return [sql`m.undelivered in (${states(stateGroups[group])})`]
  const lately = new Date(tx.now.getTime() - reportDays * dayMs)
  return [sql`m.state in ('planned', 'sent')`, sql`m.planned_at >= ${lately}`]
}
