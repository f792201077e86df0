import { sql } from 'kysely'
import { isLentAct, type LentAct } from '../../../kernel/access/index.ts'
import { addDays, type CalendarDate } from '../../../lib/calendar.ts'
import { Conflict, type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { tellCutOff } from '../cut-off.ts'
import { appointmentsOf, todayOf } from '../offices.ts'

/** One kind of act that somebody has lent to a colleague, on these days, both counted. */
export type Delegation = {
  id: string
  staffId: string
  deputyId: string
  office: string
  act: LentAct
  from: CalendarDate
  until: CalendarDate
  reason: string
}
export type NewDelegation = Omit<Delegation, 'id'>

type Row = {
  delegation_id: string
  staff_id: string
  deputy_id: string
  office_code: string
  act: string
  valid_from: string
  valid_until: string
  reason: string
}

/** The longest a delegation runs; a longer one is an appointment. */
const longestDays = 92

const columns = sql`delegation_id, staff_id, deputy_id, office_code, act, valid_from, valid_until, reason`

const toDelegations = (rows: readonly Row[]): Delegation[] =>
  rows.flatMap(row =>
    isLentAct(row.act)
      ? [
          {
            id: row.delegation_id,
            staffId: row.staff_id,
            deputyId: row.deputy_id,
            office: row.office_code,
            act: row.act,
            from: row.valid_from,
            until: row.valid_until,
            reason: row.reason,
          },
        ]
      : [],
  )

/** Delegations in force on a day or still to come, by or to somebody; of everybody where nobody is named. */
export async function delegationsFrom(tx: Read, on: CalendarDate, staffId?: string): Promise<Delegation[]> {
  const { rows } = await sql<Row>`
    select ${columns} from delegation
     where municipality_id = ${tx.town} and ended_at is null and valid_until >= ${on}
       ${staffId ? sql`and (staff_id = ${staffId} or deputy_id = ${staffId})` : sql``}
     order by valid_from, delegation_id limit 200`.execute(tx.q)
  return toDelegations(rows)
}

/**
 * Lends one kind of act. Faults are `InvalidInput` on `from`, `until`, `deputy`, `office` and `reason`: a day gone, an end before the
 * beginning or too far, oneself or nobody in office as deputy, an office where the lender holds no post, the same lent already.
 */
export async function delegate(tx: Write, lent: NewDelegation, by: AuditActor): Promise<string> {
  const today = await todayOf(tx)
  await sql`select 1 from staff where municipality_id = ${tx.town} and staff_id = ${lent.staffId} for no key update`.execute(
    tx.q,
  )
  const faults = [...datesWrong(lent, today), ...(await peopleWrong(tx, lent))]
  if (lent.reason === '') faults.push({ field: 'lend-reason', code: 'reason-missing' })
  if (faults.length > 0) throw new InvalidInput(faults)
  const { rows } = await sql`
    select 1 from delegation where municipality_id = ${tx.town} and staff_id = ${lent.staffId} and deputy_id = ${lent.deputyId}
       and office_code = ${lent.office} and act = ${lent.act} and ended_at is null
       and valid_from <= ${lent.until} and valid_until >= ${lent.from}`.execute(tx.q)
  if (rows.length > 0) throw new InvalidInput([{ field: 'lend-deputy', code: 'delegation-there' }])
  const id = newId(tx.now)
  await sql`
    insert into delegation (municipality_id, delegation_id, staff_id, deputy_id, office_code, act, valid_from, valid_until, reason, set_at, set_by)
    values (${tx.town}, ${id}, ${lent.staffId}, ${lent.deputyId}, ${lent.office}, ${lent.act}, ${lent.from}, ${lent.until},
            ${lent.reason}, ${tx.now}, ${by.id})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.act-lent',
    subjectKind: 'staff',
    subjectId: lent.staffId,
    cause: `${lent.act} ${lent.office} ${lent.from} ${lent.until} ${lent.deputyId}`,
  })
  return id
}

function datesWrong({ from, until }: NewDelegation, today: CalendarDate): Fault[] {
  if (from < today) return [{ field: 'lend-from', code: 'date-in-past' }]
  if (until < from) return [{ field: 'lend-until', code: 'ends-before-it-begins' }]
  return until > addDays(from, longestDays) ? [{ field: 'lend-until', code: 'delegation-too-long' }] : []
}

async function peopleWrong(tx: Read, { staffId, deputyId, office, from }: NewDelegation): Promise<Fault[]> {
  if (deputyId === staffId) return [{ field: 'lend-deputy', code: 'deputy-of-oneself' }]
  const own = await appointmentsOf(tx, staffId, from)
  if (!own.some(held => held.office === office)) return [{ field: 'lend-office', code: 'not-an-option' }]
  const there = await appointmentsOf(tx, deputyId, from)
  return there.length === 0 ? [{ field: 'lend-deputy', code: 'deputy-not-in-office' }] : []
}

/** Takes a delegation back at once; streams the deputy has open come back with what they may hear then. */
export async function endDelegation(
  tx: Write,
  id: string,
  by: AuditActor,
  may: (lent: Delegation) => boolean,
): Promise<void> {
  const { rows } = await sql<Row>`
    select ${columns} from delegation
     where municipality_id = ${tx.town} and delegation_id = ${id} and ended_at is null for update`.execute(
    tx.q,
  )
  const [lent] = toDelegations(rows)
  if (!lent || !may(lent)) throw new NotFound('no-such-delegation')
  const ended = await sql`
    update delegation set ended_at = ${tx.now}, ended_by = ${by.id}
     where municipality_id = ${tx.town} and delegation_id = ${id} and ended_at is null`.execute(tx.q)
  if (ended.numAffectedRows === 0n) throw new Conflict('delegation-ended')
  await tellCutOff(tx, [lent.deputyId])
  await record(tx, {
    actor: by,
    act: 'people.lending-ended',
    subjectKind: 'staff',
    subjectId: lent.staffId,
    cause: lent.act,
  })
}
