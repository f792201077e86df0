import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import {
  type Act,
  type ActState,
  type CommitteeRules,
  type Counts,
  isKind,
  type Member,
  type Progress,
} from './model.ts'
import { committeeRules } from './settings.ts'

type Row = {
  act_id: string
  year: number
  number: number
  rule_id: string
  kind: string
  scope: string
  until: CalendarDate
  reason: string
  proposed_by: string
  proposed_at: Date
  state: ActState
  counted_to: string | null
  counts: Counts
  counted_at: Date | null
  minutes_number: string | null
  minutes_date: CalendarDate | null
  minutes_document_id: string | null
  acts_at: Date | null
  ended_by: string | null
  ended_at: Date | null
  ended_why: string | null
  progress: Progress
  done_at: Date | null
  certificate_document_id: string | null
  members: { staff_id: string; decided_at: string | null; is_approved: boolean | null; note: string | null }[]
}

const select = (tx: Read, so: RawBuilder<unknown>) => sql<Row>`
  select a.*, coalesce((select json_agg(m order by m.staff_id) from destruction_member m
                         where m.municipality_id = a.municipality_id and m.act_id = a.act_id), '[]') as members
    from destruction_act a where a.municipality_id = ${tx.town} and ${so}`

/** Acts, the newest first. */
export async function actsOf(tx: Read): Promise<Act[]> {
  const { rows } = await select(tx, sql`true order by a.year desc, a.number desc limit 200`).execute(tx.q)
  return rows.map(toAct)
}

/** Acts that were done, the newest first. */
export async function doneActs(tx: Read): Promise<Act[]> {
  const { rows } = await select(tx, sql`a.state = 'done' order by a.acts_at desc limit 200`).execute(tx.q)
  return rows.map(toAct)
}

/** One act; `lock` holds it until the transaction ends. @throws NotFound */
export async function getAct(tx: Read, id: string, lock = false): Promise<Act> {
  // Read by a statement after the one that waits: with it the members would be those of before the wait.
  if (lock)
    await sql`select 1 from destruction_act where municipality_id = ${tx.town} and act_id = ${id} for update`.execute(
      tx.q,
    )
  const { rows } = await select(tx, sql`a.act_id = ${id}`).execute(tx.q)
  if (!rows[0]) throw new NotFound('no-such-act')
  return toAct(rows[0])
}

/** The committee's terms an act was proposed with; the town's of today for one of before they were kept. */
export async function termsOf(tx: Read, id: string): Promise<Pick<CommitteeRules, 'roles' | 'restDays'>> {
  const { rows } = await sql<{ committee_roles: string[] | null; rest_days: number | null }>`
    select committee_roles, rest_days from destruction_act where municipality_id = ${tx.town} and act_id = ${id}`.execute(
    tx.q,
  )
  const now = await committeeRules(tx)
  return { roles: rows[0]?.committee_roles ?? now.roles, restDays: rows[0]?.rest_days ?? now.restDays }
}

function toAct(row: Row): Act {
  const { minutes_number, minutes_date, minutes_document_id } = row
  return {
    id: row.act_id,
    year: row.year,
    number: row.number,
    ruleId: row.rule_id,
    scope: row.scope,
    kind: isKind(row.kind) ? row.kind : 'request',
    until: row.until,
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    state: row.state,
    countedTo: row.counted_to ?? undefined,
    counts: row.counts,
    countedAt: row.counted_at ?? undefined,
    minutes:
      minutes_number !== null && minutes_date !== null && minutes_document_id !== null
        ? { number: minutes_number, date: minutes_date, documentId: minutes_document_id }
        : undefined,
    actsAt: row.acts_at ?? undefined,
    ended: row.ended_at
      ? { by: row.ended_by ?? undefined, at: row.ended_at, why: row.ended_why ?? '' }
      : undefined,
    progress: row.progress,
    doneAt: row.done_at ?? undefined,
    certificateId: row.certificate_document_id ?? undefined,
    members: row.members.map(
      (each): Member => ({
        staffId: each.staff_id,
        decidedAt: each.decided_at === null ? undefined : new Date(each.decided_at),
        approved: each.is_approved ?? undefined,
        note: each.note ?? undefined,
      }),
    ),
  }
}

export type Item = {
  id: string
  label: string
  at: Date
  bytes: number
  state: 'listed' | 'excluded' | 'dropped' | 'done'
  why: string | undefined
}

/** What an act lists, by state, a page at a time in the order of ids. */
export async function itemsOf(
  tx: Read,
  actId: string,
  state: Item['state'],
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Item[]> {
  const { rows } = await sql<Omit<Item, 'why' | 'id'> & { subject_id: string; why: string | null }>`
    select subject_id, label, at, bytes, state, why from destruction_item
     where municipality_id = ${tx.town} and act_id = ${actId} and state = ${state}
       ${after === undefined ? sql`` : sql`and subject_id > ${after}::uuid`}
     order by subject_id limit ${limit}`.execute(tx.q)
  return rows.map(({ subject_id, why, ...row }) => ({ ...row, id: subject_id, why: why ?? undefined }))
}

/** Sets columns of an act. */
export async function setAct(tx: Write, id: string, set: RawBuilder<unknown>): Promise<void> {
  await sql`update destruction_act set ${set} where municipality_id = ${tx.town} and act_id = ${id}`.execute(
    tx.q,
  )
}

/** Acts that took anything away so far, each with how much. */
export async function actsWithCounts(tx: Read): Promise<{ act: Act; done: number }[]> {
  const acts = (await actsOf(tx)).filter(each => each.state === 'acting' || each.state === 'done')
  const { rows } = await sql<{ act_id: string; done: number }>`
    select act_id, count(*)::int as done from destruction_item
     where municipality_id = ${tx.town} and state = 'done' group by act_id`.execute(tx.q)
  const counts = new Map(rows.map(row => [row.act_id, row.done]))
  return acts.map(act => ({ act, done: counts.get(act.id) ?? 0 }))
}
