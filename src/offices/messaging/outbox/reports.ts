import {
  afterReport,
  type MessageState,
  mayBecome,
  type PartState,
  stateOfParts,
} from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { indexPhone, notePhoneOutcomes } from '../../people/index.ts'
import type { DeliveryReport } from '../carriers/model.ts'
import { type Arrived, matchByNumber, matchReports, settledAfterMs } from './match.ts'

/**
 * Takes in what a provider reports, in whichever order and however often. Kept first, whatever it is about: what nobody knows yet is looked
 * at again, for a report may overtake the answer it is about.
 */
export async function takeReports(
  house: House,
  town: string,
  providerId: string,
  reports: readonly DeliveryReport[],
): Promise<void> {
  const at = house.clock.now()
  const keys = { tx: { town }, crypto: house.crypto }
  const arrived = reports.map(
    (report): Arrived => ({
      id: newId(at),
      providerId,
      ref: report.ref,
      messageId: report.messageId,
      state: report.state,
      toIndex: report.to ? indexPhone(keys, report.to).toString('hex') : undefined,
      failure: report.failure?.code,
      hard: report.failure?.hard ?? false,
      at: report.at,
    }),
  )
  await house.database.write(town, async tx => {
    const found = await matchReports(tx, arrived)
    const about = await apply(tx, arrived, found)
    await tx.prepared(
      'keep-reports',
      `insert into message_report (municipality_id, provider_id, report_id, provider_ref, message_id, state, failure, hard, to_index,
                                   reported_at, received_at, matched)
       select $1, $2, g.id, g.ref, g.message_id, g.state, g.failure, g.hard, decode(g.to_index, 'hex'), g.at, $11, g.matched
         from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::timestamptz[], $12::boolean[])
           as g(id, ref, message_id, state, failure, hard, to_index, at, matched)`,
      [
        tx.town,
        providerId,
        arrived.map(({ id }) => id),
        arrived.map(({ ref }) => ref),
        arrived.map(({ id, messageId }) => about.get(id) ?? messageId ?? null),
        arrived.map(({ state }) => state),
        arrived.map(({ failure }) => failure ?? null),
        arrived.map(({ hard }) => hard),
        arrived.map(({ toIndex }) => toIndex ?? null),
        arrived.map(each => each.at),
        tx.now,
        arrived.map(({ id }) => about.has(id)),
      ],
    )
  })
}

/** For how long a report that is about nothing known is looked at again. */
const lateForMs = 24 * 3_600_000
const atOnce = 500

type LateRow = {
  report_id: string
  provider_id: string
  provider_ref: string
  message_id: string | null
  to_index: Buffer | null
  state: DeliveryReport['state']
  failure: string | null
  hard: boolean | null
  reported_at: Date
}

/** Looks again at reports that came before what they are about was written down; gives how many found it. */
export async function matchLateReports(house: House, town: string, since: Date): Promise<number> {
  return house.database.write(town, async tx => {
    const rows = await tx.prepared<LateRow>(
      'late-reports',
      `select report_id, provider_id, provider_ref, message_id, to_index, state, failure, hard, reported_at from message_report
        where municipality_id = $1 and not matched and received_at >= $2 order by received_at desc, report_id desc limit ${atOnce} for update skip locked`,
      [tx.town, new Date(Math.max(since.getTime(), tx.now.getTime() - lateForMs))],
    )
    if (rows.length === 0) return 0
    const arrived = rows.map(
      (row): Arrived => ({
        id: row.report_id,
        providerId: row.provider_id,
        ref: row.provider_ref,
        state: row.state,
        messageId: row.message_id ?? undefined,
        toIndex: row.to_index?.toString('hex'),
        failure: row.failure ?? undefined,
        hard: row.hard ?? false,
        at: row.reported_at,
      }),
    )
    const found = await matchReports(tx, arrived)
    const about = await apply(tx, arrived, found)
    const nameless = arrived.filter(
      each => !found.has(each.id) && each.at.getTime() <= tx.now.getTime() - settledAfterMs,
    )
    for (const [id, messageId] of await apply(tx, nameless, await matchByNumber(tx, nameless)))
      about.set(id, messageId)
    if (about.size > 0)
      await tx.prepared(
        'reports-matched',
        `update message_report r set matched = true, message_id = g.message_id
           from unnest($2::uuid[], $3::uuid[]) as g(id, message_id) where r.municipality_id = $1 and r.report_id = g.id and not r.matched`,
        [tx.town, [...about.keys()], [...about.values()]],
      )
    return about.size
  })
}

type MessageRow = { message_id: string; state: MessageState; channel: string; to_index: Buffer | null }
type PartRow = {
  message_id: string
  try: number
  part: number
  provider_ref: string | null
  state: PartState
  failure: string | null
  reported_at: Date | null
}

/** Applies reports to the messages they are about; gives of each report that said something the message. */
async function apply(
  tx: Write,
  arrived: readonly Arrived[],
  found: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const ids = [...new Set(found.values())].sort()
  if (ids.length === 0) return new Map()
  // Always in one order, so that two who write of the same messages wait for each other instead of for ever.
  const messages = await tx.prepared<MessageRow>(
    'hold-messages',
    `select message_id, state, channel, to_index from message where municipality_id = $1 and message_id = any($2::uuid[])
      order by message_id for update`,
    [tx.town, ids],
  )
  const rows = await tx.prepared<PartRow>(
    'parts-of-messages',
    `select distinct on (message_id, part) message_id, try, part, provider_ref, state, failure, reported_at from message_part
      where municipality_id = $1 and message_id = any($2::uuid[]) order by message_id, part, try desc`,
    [tx.town, ids],
  )
  const parts = Map.groupBy(rows, row => row.message_id)
  const changed = new Set<PartRow>()
  const about = new Map<string, string>()
  const hard = new Set<string>()
  for (const report of arrived) {
    const messageId = found.get(report.id)
    const hit = partsMeant(parts.get(messageId ?? '') ?? [], report)
    if (!messageId || hit.length === 0) continue
    about.set(report.id, messageId)
    for (const part of hit) {
      const state = afterReport(part.state, report.state)
      const named = part.provider_ref === null && report.ref !== ''
      if (state === part.state && !named) continue
      changed.add(part)
      if (named) part.provider_ref = report.ref
      if (state === part.state) continue
      part.state = state
      part.failure = state === 'failed' ? (report.failure ?? 'undeliverable') : null
      part.reported_at = report.at
      if (state === 'failed' && report.hard) hard.add(messageId)
    }
  }
  await keepParts(tx, [...changed])
  await keepStates(tx, messages, parts, hard)
  return about
}

/** The parts a report is about: the one of its reference; else, of a carrier that told our id, those whose reference is not known. */
function partsMeant(parts: PartRow[], { ref }: Arrived): PartRow[] {
  const named = parts.filter(part => part.provider_ref !== null && part.provider_ref === ref)
  if (named.length > 0) return named
  const nameless = parts.filter(part => part.provider_ref === null)
  return ref === '' ? nameless : nameless.slice(0, 1)
}

async function keepParts(tx: Write, parts: readonly PartRow[]): Promise<void> {
  if (parts.length === 0) return
  await tx.prepared(
    'parts-reported',
    `update message_part p set state = g.state, failure = g.failure, provider_ref = g.ref, reported_at = g.at
       from unnest($2::uuid[], $3::integer[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
         as g(message_id, try, part, state, failure, ref, at)
      where p.municipality_id = $1 and p.message_id = g.message_id and p.try = g.try and p.part = g.part`,
    [
      tx.town,
      parts.map(part => part.message_id),
      parts.map(part => part.try),
      parts.map(part => part.part),
      parts.map(part => part.state),
      parts.map(part => part.failure),
      parts.map(part => part.provider_ref),
      parts.map(part => part.reported_at),
    ],
  )
}

async function keepStates(
  tx: Write,
  messages: readonly MessageRow[],
  parts: ReadonlyMap<string, PartRow[]>,
  hard: ReadonlySet<string>,
): Promise<void> {
  const moved = messages.flatMap(message => {
    const own = parts.get(message.message_id) ?? []
    const state = stateOfParts(own.map(part => part.state))
    if (!mayBecome(message.state, state)) return []
    const last = own.reduce<Date | null>(
      (at, part) => (!at || (part.reported_at && part.reported_at > at) ? part.reported_at : at),
      null,
    )
    const failure = own.find(part => part.state === 'failed')?.failure ?? null
    return [{ message, state, at: last ?? tx.now, failure, hard: hard.has(message.message_id) }]
  })
  if (moved.length === 0) return
  await tx.prepared(
    'messages-reported',
    `update message m set state = g.state, failure = g.failure, hard = case when g.state = 'failed' then g.hard end,
            delivered_at = case when g.state = 'delivered' then g.at end, ended_at = case when g.state = 'failed' then g.at end
       from unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[]) as g(message_id, state, failure, hard, at)
      where m.municipality_id = $1 and m.message_id = g.message_id`,
    [
      tx.town,
      moved.map(each => each.message.message_id),
      moved.map(each => each.state),
      moved.map(each => each.failure),
      moved.map(each => each.hard),
      moved.map(each => each.at),
    ],
  )
  await notePhoneOutcomes(
    tx,
    moved.flatMap(({ message, state, at, hard }) => {
      if (!message.to_index || message.channel !== 'sms' || (state !== 'delivered' && state !== 'failed'))
        return []
      const outcome = state === 'delivered' ? 'delivered' : hard ? 'hard' : 'soft'
      return [{ index: message.to_index, outcome, at } as const]
    }),
  )
}
