import { sql } from 'kysely'
import { z } from 'zod'
import {
  type AgeingTerms,
  aged,
  defaultAgeing,
  type PhoneHealth,
  type PhoneOutcome,
  unknownHealth,
} from '../../../kernel/messages/index.ts'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { InvalidInput } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, recordMany } from '../../audit/index.ts'
import { setSetting, settingOn } from '../settings.ts'

/** Under which the town keeps when a number goes to sleep. */
const ageingKey = 'messages.ageing'
const shape = z.object({ failures: z.int().min(2).max(20), days: z.int().min(0).max(90) })

/** After how many failures a number goes to sleep; the day is taken in UTC, since a setting may come in force some hours later. */
export const ageingTerms = async (tx: Read): Promise<AgeingTerms> =>
  (await settingOn(tx, ageingKey, shape, dateIn(tx.now, 'UTC')))?.value ?? defaultAgeing

/** From a day on a number goes to sleep by these terms. @throws InvalidInput `ageing-failures`, `ageing-days` */
export async function setAgeing(
  tx: Write,
  typed: { failures: number; days: number },
  { from, by }: { from: CalendarDate; by: AuditActor },
): Promise<void> {
  const read = shape.safeParse(typed)
  if (!read.success) {
    const fields = new Set(read.error.issues.map(issue => String(issue.path[0])))
    throw new InvalidInput([...fields].map(field => ({ field, code: `ageing-${field}` })))
  }
  await setSetting(tx, { key: ageingKey, from, value: read.data, by })
}

/** What became of one message: to which telephone, by its index, and when the provider says it was. */
export type NotedOutcome = { index: Buffer; outcome: PhoneOutcome; at: Date }

type Row = {
  index: string
  failures: number
  failing_since: Date | null
  failed_at: Date | null
  reached_at: Date | null
  asleep_at: Date | null
}

const dayMs = 86_400_000

/**
 * Takes in what became of messages, in any order and of many telephones at once; each message's end is told once. A number that fails for
 * good again and again goes to sleep, and one that is reached wakes. Costs one statement where there is nothing to write: that a number
 * was reached is written once a day.
 */
export async function notePhoneOutcomes(tx: Write, outcomes: readonly NotedOutcome[]): Promise<void> {
  const told = Map.groupBy(
    outcomes.filter(each => each.outcome !== 'soft'),
    each => each.index.toString('hex'),
  )
  if (told.size === 0) return
  const before = await healthOf(tx, [...told.keys()], false)
  const news = [...told].filter(([index, list]) => list.some(each => isNews(before.get(index), each)))
  if (news.length === 0) return
  const terms = await ageingTerms(tx)
  const indexes = news.map(([index]) => index).sort()
  await sql`
    insert into phone_health (municipality_id, phone_index, failures)
    select ${tx.town}::uuid, decode(x, 'hex'), 0 from unnest(${indexes}::text[]) x order by x
    on conflict do nothing`.execute(tx.q)
  const held = await healthOf(tx, indexes, true)
  const changed = news.flatMap(([index, list]) => {
    const was = held.get(index) ?? unknownHealth
    const health = list
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
      .reduce((now, each) => aged(now, each, terms), was)
    return health === was ? [] : [{ index, was, health }]
  })
  await keep(tx, changed)
  await noteSleep(
    tx,
    changed.filter(({ was, health }) => health.asleepAt && !was.asleepAt).map(each => each.index),
  )
}

/** Whether an outcome changes what is known; another message that arrived on the same day does not. */
function isNews(health: PhoneHealth | undefined, { outcome, at }: NotedOutcome): boolean {
  if (outcome === 'hard' || !health) return true
  return health.failures > 0 || !health.reachedAt || at.getTime() - health.reachedAt.getTime() > dayMs
}

async function healthOf(
  tx: Read,
  indexes: readonly string[],
  held: boolean,
): Promise<Map<string, PhoneHealth>> {
  const { rows } = await sql<Row>`
    select encode(phone_index, 'hex') as index, failures, failing_since, failed_at, reached_at, asleep_at from phone_health
     where municipality_id = ${tx.town} and phone_index = any(array(
       select decode(x, 'hex') from unnest(${[...indexes]}::text[]) x))
     ${held ? sql`order by phone_index for update` : sql``}`.execute(tx.q)
  return new Map(
    rows.map(row => [
      row.index,
      {
        failures: row.failures,
        failingSince: row.failing_since ?? undefined,
        failedAt: row.failed_at ?? undefined,
        reachedAt: row.reached_at ?? undefined,
        asleepAt: row.asleep_at ?? undefined,
      },
    ]),
  )
}

async function keep(tx: Write, changed: readonly { index: string; health: PhoneHealth }[]): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map(({ index, health }) => ({
    index,
    failures: health.failures,
    since: health.failingSince ?? null,
    failed: health.failedAt ?? null,
    reached: health.reachedAt ?? null,
    asleep: health.asleepAt ?? null,
  }))
  await sql`
    update phone_health h set failures = g.failures, failing_since = g.since, failed_at = g.failed, reached_at = g.reached, asleep_at = g.asleep
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(index text, failures integer, since timestamptz, failed timestamptz,
           reached timestamptz, asleep timestamptz)
     where h.municipality_id = ${tx.town} and h.phone_index = decode(g.index, 'hex')`.execute(tx.q)
}

/** That a number went to sleep is written down for each who uses it: they are told nothing more. */
async function noteSleep(tx: Write, indexes: readonly string[]): Promise<void> {
  if (indexes.length === 0) return
  const { rows } = await sql<{ person_id: string }>`
    select person_id from person_phone
     where municipality_id = ${tx.town} and ended_at is null and phone_index = any(array(
       select decode(x, 'hex') from unnest(${[...indexes]}::text[]) x))`.execute(tx.q)
  await recordMany(
    tx,
    rows.map(({ person_id }) => ({
      actor: { kind: 'system', id: 'messages' },
      act: 'people.phone-asleep',
      subjectKind: 'person',
      subjectId: person_id,
      personId: person_id,
    })),
  )
}

/** The number is somebody's again: they proved it, or said so at the counter. */
export async function wakePhone(tx: Write, index: Buffer): Promise<void> {
  await sql`
    update phone_health set failures = 0, failing_since = null, failed_at = null, asleep_at = null
     where municipality_id = ${tx.town} and phone_index = ${index} and failures > 0`.execute(tx.q)
}
