import { sql } from 'kysely'
import { z } from 'zod'
import {
  defaultQuiet,
  isMessageKind,
  type MessageKind,
  type QuietRules,
  quietUntil,
} from '../../../kernel/messages/index.ts'
import { closureOn, dateIn } from '../../../lib/calendar.ts'
import { plainList, type Read } from '../../../platform/database/index.ts'
import type { Town } from '../../../web/town.ts'
import { settingOn } from '../../people/index.ts'
import type { Claimed } from './model.ts'

/** What the town said of sending: what is paused, and when it is quiet. */
export type Terms = {
  paused: ReadonlySet<string>
  /** When the quiet hours that hold for a kind at an instant are over; undefined where it may go. */
  quietUntil: (kind: MessageKind, at: Date) => Date | undefined
}

/** Under which the town keeps its quiet hours. */
export const quietKey = 'messages.quiet'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const hours = { from: time, to: time }
export const quietShape: z.ZodType<QuietRules> = z.object({
  groups: z
    .array(
      z.object({
        ...hours,
        days: z.array(z.int().min(0).max(6)).max(7),
        kinds: z
          .array(z.custom<MessageKind>(kind => typeof kind === 'string' && isMessageKind(kind)))
          .optional(),
      }),
    )
    .max(50),
  holidays: z.object(hours).optional(),
})

/** The town's terms as they stand now. In a demo town nobody sleeps: whoever tries it out at night sees the messages. */
export async function termsOf(tx: Read, town: Town): Promise<Terms> {
  const [paused, setting] = await Promise.all([
    sql<{ what: string }>`
      select what from message_pause where municipality_id = ${tx.town} and resumed_at is null`.execute(tx.q),
    settingOn(tx, quietKey, quietShape, dateIn(tx.now, town.timeZone)),
  ])
  const rules = setting?.value ?? defaultQuiet
  return {
    paused: new Set(paused.rows.map(row => row.what)),
    quietUntil: (kind, at) =>
      town.isDemo && !setting
        ? undefined
        : quietUntil(rules, kind, at, town.timeZone, date => closureOn(town.calendar, date) !== undefined),
  }
}

/** Whether something is paused; all of it, its kind, or its words. */
export const isPaused = (
  { paused }: Terms,
  { kind, template }: Pick<Claimed, 'kind' | 'template'>,
): boolean =>
  paused.has('*') ||
  paused.has(`kind:${kind}`) ||
  (template !== undefined && paused.has(`template:${template}`))

/** How the numbers of these messages stand. */
export type Standing = {
  shared: ReadonlySet<string>
  asleep: ReadonlySet<string>
  /** Index and kind, as `optOutKey` joins them. */
  optedOut: ReadonlySet<string>
}

export const optOutKey = (index: string, kind: string): string => `${index} ${kind}`

export async function standingOf(tx: Read, messages: readonly Claimed[]): Promise<Standing> {
  const indexes = [...new Set(messages.flatMap(({ index }) => index ?? []))]
  if (indexes.length === 0) return { shared: new Set(), asleep: new Set(), optedOut: new Set() }
  const rows = await tx.prepared<{
    at: string
    what: 'shared' | 'asleep' | 'opted-out'
    kind: string | null
  }>(
    'standing-of-phones',
    `with given as materialized (select decode(x, 'hex') as at from unnest($2::text[]) x)
     select encode(g.at, 'hex') as at, 'shared' as what, null as kind from given g
      where exists (select 1 from person_phone p
                     where p.municipality_id = $1 and p.phone_index = g.at and p.is_shared and p.ended_at is null)
     union all
     select encode(g.at, 'hex'), 'asleep', null from given g
       join phone_health h on h.municipality_id = $1 and h.phone_index = g.at and h.asleep_at is not null
     union all
     select encode(g.at, 'hex'), 'opted-out', o.kind from given g
       join message_opt_out o on o.municipality_id = $1 and o.to_index = g.at and o.ended_at is null`,
    [tx.town, plainList(indexes)],
  )
  const all = (wanted: string) => rows.filter(({ what }) => what === wanted)
  return {
    shared: new Set(all('shared').map(({ at }) => at)),
    asleep: new Set(all('asleep').map(({ at }) => at)),
    optedOut: new Set(all('opted-out').map(({ at, kind }) => optOutKey(at, kind ?? ''))),
  }
}
