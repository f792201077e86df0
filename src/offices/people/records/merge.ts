import { sql } from 'kysely'
import { Conflict, InvalidInput, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { endSessionsOf } from '../log-in/sessions.ts'
import { holdNumbers, refreshShared } from '../phones/shared.ts'
import { samePerson } from './same.ts'

/** What speaks against two records being one person's: each has a log-in, each has a number. */
export type MergeObstacle = 'two-log-ins' | 'two-numbers'

export type Merge = {
  /** The record that is a double. */
  mergedId: string
  /** The record that stays. */
  intoId: string
  reason: string
  /** Whoever merges has seen what speaks against it, and says in the reason why it is one person all the same. */
  despite?: boolean | undefined
}

type Row = {
  person_id: string
  kind: string
  merged_into: string | null
  survivor_id: string | null
  has_number: boolean
  has_login: boolean
}

/**
 * Puts a double under the record that stays: both keep their ids and all that was recorded under them, and every list of the person shows
 * both. The double's sessions end and nobody logs in by it. Refused: `merge-with-itself`, `already-merged` and `merge-into-merged` (open
 * the record that stands for it), `merge-kinds-differ`, `merge-loses-number` (then the other is to stay), and `merge-needs-despite` with
 * the obstacles where they were not overruled. By hand alone: the caller has asked for `person.merge`.
 */
export async function mergePeople(tx: Write, merge: Merge, by: AuditActor): Promise<string> {
  const { mergedId, intoId } = merge
  const reason = reasonOf(merge.reason)
  if (mergedId === intoId) throw new Conflict('merge-with-itself')
  const rows = await lockRecords(tx, [mergedId, intoId])
  const merged = rows.find(row => row.person_id === mergedId)
  const into = rows.find(row => row.person_id === intoId)
  if (!merged || !into) throw new NotFound('no-such-person')
  if (merged.merged_into) throw new Conflict('already-merged')
  if (into.merged_into) throw new Conflict('merge-into-merged')
  if (merged.kind !== into.kind) throw new Conflict('merge-kinds-differ')
  if (merged.has_number && !into.has_number) throw new Conflict('merge-loses-number')
  const obstacles = obstaclesOf(merged, into)
  if (obstacles.length > 0 && !merge.despite) throw new Conflict('merge-needs-despite', { obstacles })

  const id = newId(tx.now)
  await sql`
    update person set merged_into = case when person_id = ${mergedId} then ${intoId}::uuid else merged_into end, survivor_id = ${intoId}
     where municipality_id = ${tx.town} and (person_id = ${mergedId} or survivor_id = ${mergedId})`.execute(
    tx.q,
  )
  await sql`
    insert into person_merge (municipality_id, merge_id, merged_id, into_id, at, by_id, reason, despite)
    values (${tx.town}, ${id}, ${mergedId}, ${intoId}, ${tx.now}, ${by.id}, ${reason}, ${obstacles})`.execute(
    tx.q,
  )
  await endSessionsOf(tx, mergedId)
  await shareAnew(tx, [intoId])
  await record(tx, {
    actor: by,
    act: 'people.merged',
    subjectKind: 'person',
    subjectId: mergedId,
    personId: intoId,
    cause: reason,
  })
  return id
}

/**
 * Takes a merging back: the double stands for itself again, with whatever had been merged into it before. What was recorded meanwhile
 * under the record that stayed remains there. `not-merged` where there is nothing to take back.
 */
export async function unmergePeople(
  tx: Write,
  { personId, reason: typed }: { personId: string; reason: string },
  by: AuditActor,
): Promise<void> {
  const reason = reasonOf(typed)
  const rows = await lockRecords(tx, [personId])
  const row = rows.find(each => each.person_id === personId)
  if (!row) throw new NotFound('no-such-person')
  if (!row.merged_into) throw new Conflict('not-merged')
  await sql`
    with recursive under as (
      select ${personId}::uuid as person_id
      union
      select p.person_id from under u
        join person p on p.municipality_id = ${tx.town} and p.merged_into = u.person_id)
    update person p set survivor_id = case when p.person_id <> ${personId} then ${personId}::uuid end,
                        merged_into = case when p.person_id <> ${personId} then p.merged_into end
      from under u where p.municipality_id = ${tx.town} and p.person_id = u.person_id`.execute(tx.q)
  await sql`
    update person_merge set undone_at = ${tx.now}, undone_by = ${by.id}, undone_reason = ${reason}
     where municipality_id = ${tx.town} and merged_id = ${personId} and undone_at is null`.execute(tx.q)
  await shareAnew(tx, [personId, row.survivor_id ?? personId])
  await record(tx, {
    actor: by,
    act: 'people.unmerged',
    subjectKind: 'person',
    subjectId: personId,
    personId,
    cause: reason,
  })
}

/** A number that stood in both records is one person's now, or two people's again. */
async function shareAnew(tx: Write, personIds: readonly string[]): Promise<void> {
  for (const personId of personIds) {
    const { rows } = await sql<{ phone_index: Buffer }>`
      select distinct phone_index from person_phone
       where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null`.execute(
      tx.q,
    )
    const indexes = rows.map(row => row.phone_index)
    await holdNumbers(tx, indexes)
    await refreshShared(tx, indexes)
  }
}

/** A record under another, and why. */
export type MergedRecord = {
  personId: string
  name: string
  into: string
  at: Date
  reason: string
  byName: string | undefined
}

/** The records merged into the one that stands for this person, the latest first. */
export async function mergedRecords(tx: Read, personId: string): Promise<MergedRecord[]> {
  const { rows } = await sql<{
    person_id: string
    display_name: string
    into_id: string
    at: Date
    reason: string
    by_name: string | null
  }>`
    select p.person_id, p.display_name, m.into_id, m.at, m.reason, s.name_ar as by_name
      from person_merge m
      join person p on p.municipality_id = m.municipality_id and p.person_id = m.merged_id
      left join staff s on s.municipality_id = m.municipality_id and s.staff_id = m.by_id
     where m.municipality_id = ${tx.town} and m.merged_id = any(${samePerson(personId)}) and m.undone_at is null
     order by m.at desc`.execute(tx.q)
  return rows.map(row => ({
    personId: row.person_id,
    name: row.display_name,
    into: row.into_id,
    at: row.at,
    reason: row.reason,
    byName: row.by_name ?? undefined,
  }))
}

/** Both families of records, held until the end and always in the same order: two mergings wait for each other and see each other. */
async function lockRecords(tx: Write, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select p.person_id, p.kind, p.merged_into, p.survivor_id, p.id_index is not null as has_number,
           exists (select 1 from citizen_login l
                    where l.municipality_id = p.municipality_id and l.person_id = p.person_id) as has_login
      from person p
     where p.municipality_id = ${tx.town} and (p.person_id = any(${[...ids]}::uuid[]) or p.survivor_id = any(${[...ids]}::uuid[])
           or p.person_id in (select q.survivor_id from person q
                               where q.municipality_id = ${tx.town} and q.person_id = any(${[...ids]}::uuid[])))
     order by p.person_id for no key update of p`.execute(tx.q)
  return rows
}

function obstaclesOf(merged: Row, into: Row): MergeObstacle[] {
  return [
    ...(merged.has_login && into.has_login ? (['two-log-ins'] as const) : []),
    ...(merged.has_number && into.has_number ? (['two-numbers'] as const) : []),
  ]
}

function reasonOf(typed: string): string {
  const reason = typed.trim().slice(0, 500)
  if (reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  return reason
}
