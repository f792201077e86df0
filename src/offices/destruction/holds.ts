import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { Conflict, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { todayOf } from '../people/index.ts'

export const heldKinds = ['request', 'person', 'paper'] as const
export type HeldKind = (typeof heldKinds)[number]

/** Something a court, an inquiry or the law holds back, whatever a rule says. */
export type Hold = {
  id: string
  kind: HeldKind
  subjectId: string
  label: string
  reason: string
  until: CalendarDate | undefined
  placedBy: string
  placedAt: Date
  ended: { by: string; at: Date; why: string } | undefined
}

type Row = {
  hold_id: string
  subject_kind: HeldKind
  subject_id: string
  label: string
  reason: string
  until: CalendarDate | null
  placed_by: string
  placed_at: Date
  ended_by: string | null
  ended_at: Date | null
  ended_why: string | null
}

/** Holds, those in force first, the newest first. */
export async function holdsOf(tx: Read): Promise<Hold[]> {
  const { rows } = await sql<Row>`
    select hold_id, subject_kind, subject_id, label, reason, until, placed_by, placed_at, ended_by, ended_at, ended_why
      from legal_hold where municipality_id = ${tx.town} order by placed_at desc limit 500`.execute(tx.q)
  const all = rows.map(
    (row): Hold => ({
      id: row.hold_id,
      kind: row.subject_kind,
      subjectId: row.subject_id,
      label: row.label,
      reason: row.reason,
      until: row.until ?? undefined,
      placedBy: row.placed_by,
      placedAt: row.placed_at,
      ended:
        row.ended_at && row.ended_by
          ? { by: row.ended_by, at: row.ended_at, why: row.ended_why ?? '' }
          : undefined,
    }),
  )
  return [...all.filter(each => !each.ended), ...all.filter(each => each.ended)]
}

export type NewHold = Pick<Hold, 'kind' | 'subjectId' | 'label' | 'reason' | 'until'>

/** Holds something back from now on; waits for a batch of an act that is under way. Gives its id. */
export async function placeHold(tx: Write, hold: NewHold, by: AuditActor): Promise<string> {
  await lockDestruction(tx)
  const id = newId(tx.now)
  await sql`
    insert into legal_hold (municipality_id, hold_id, subject_kind, subject_id, label, reason, until, placed_by, placed_at)
    values (${tx.town}, ${id}, ${hold.kind}, ${hold.subjectId}, ${hold.label}, ${hold.reason}, ${hold.until ?? null}::date, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'destruction.held',
    subjectKind: hold.kind,
    subjectId: hold.subjectId,
    cause: hold.reason,
  })
  return id
}

/** Ends a hold, once. @throws NotFound, Conflict (`hold-ended`) */
export async function endHold(tx: Write, id: string, why: string, by: AuditActor): Promise<void> {
  const { rows } = await sql<{ subject_kind: string; subject_id: string; ended_at: Date | null }>`
    select subject_kind, subject_id, ended_at from legal_hold where municipality_id = ${tx.town} and hold_id = ${id} for update`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-hold')
  if (row.ended_at) throw new Conflict('hold-ended')
  await sql`update legal_hold set ended_by = ${by.id}, ended_at = ${tx.now}, ended_why = ${why}
             where municipality_id = ${tx.town} and hold_id = ${id}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'destruction.hold-ended',
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    cause: why,
  })
}

/** Until the transaction ends no batch goes and no hold comes in this town: each sees what the other did. */
export async function lockDestruction(tx: Write): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`destruction ${tx.town}`}, 0))`.execute(tx.q)
}

/** How many things are held now. */
export async function holdsInForce(tx: Read): Promise<number> {
  const today = await todayOf(tx)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from legal_hold
     where municipality_id = ${tx.town} and ended_at is null and (until is null or until >= ${today}::date)`.execute(
    tx.q,
  )
  return rows[0]?.n ?? 0
}
