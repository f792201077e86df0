import { sql } from 'kysely'
import { type Fault, InvalidInput } from '../../../lib/errors.ts'
import { isId, newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { samePerson } from '../records/same.ts'

/** What somebody shows at the counter before a PIN, or their data, are handed to them. A telephone is none of these, whoever it belongs to. */
export const identityShown = ['card', 'passport', 'witnesses'] as const
export type IdentityShown = (typeof identityShown)[number]
export const recoveryReasons = ['forgotten', 'known-to-others', 'phone-lost', 'closed'] as const
export type RecoveryReason = (typeof recoveryReasons)[number]

/** `first`: there was no log-in; `upgrade`: they had registered themselves; `recovery`: another PIN for a log-in there was; `copy`: a copy of their data. */
export type CheckPurpose = 'first' | 'recovery' | 'upgrade' | 'copy'

/** What was shown: the number of the passport, or the names of two witnesses who know them. */
export type IdentityCheck = {
  shown: IdentityShown
  detail: string
  reason?: RecoveryReason | undefined
}

const purpose = 'identity-check'

/** Reads what a clerk says was shown. A recovery needs a reason; a passport its number; witnesses are two. */
export function readIdentityCheck(
  typed: (name: string) => string,
  needsReason: boolean,
): { ok: true; value: IdentityCheck } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const line = (name: string) => typed(name).replace(/\s+/g, ' ').trim().slice(0, 120)
  const shown = identityShown.find(each => each === typed('shown'))
  const reason = recoveryReasons.find(each => each === typed('reason'))
  if (!shown) faults.push({ field: 'shown', code: 'identity-unseen' })
  if (shown === 'passport' && line('passport').length < 3)
    faults.push({ field: 'passport', code: 'required' })
  if (shown === 'witnesses')
    for (const name of ['witness1', 'witness2'])
      if (line(name).length < 5) faults.push({ field: name, code: 'two-witnesses' })
  if (shown === 'witnesses' && line('witness1') !== '' && line('witness1') === line('witness2'))
    faults.push({ field: 'witness2', code: 'two-witnesses' })
  if (needsReason && !reason) faults.push({ field: 'reason', code: 'reason-missing' })
  if (!shown || faults.length > 0) return { ok: false, faults }
  const detail = {
    card: '',
    passport: line('passport'),
    witnesses: `${line('witness1')}، ${line('witness2')}`,
  }[shown]
  return { ok: true, value: { shown, detail, reason: needsReason ? reason : undefined } }
}

/** Keeps what was shown to whom, sealed where it names anybody. */
export async function recordIdentityCheck(
  tx: Write,
  house: Pick<House, 'crypto'>,
  of: { personId: string; purpose: CheckPurpose; check: IdentityCheck },
  by: AuditActor,
): Promise<void> {
  const { personId, check } = of
  if (of.purpose === 'recovery' && !check.reason)
    throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  await sql`
    insert into identity_check (municipality_id, check_id, person_id, purpose, shown, detail_sealed, reason, at, by_id)
    values (${tx.town}, ${newId(tx.now)}, ${personId}, ${of.purpose}, ${check.shown},
            ${check.detail === '' ? null : house.crypto.seal(tx.town, purpose, check.detail)}, ${check.reason ?? null}, ${tx.now},
            ${by.kind === 'staff' && isId(by.id) ? by.id : null})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.identity-checked',
    subjectKind: 'person',
    subjectId: personId,
    personId,
    cause: `${of.purpose}: ${check.shown}`,
  })
}

export type KeptCheck = {
  purpose: CheckPurpose
  shown: IdentityShown
  reason: RecoveryReason | undefined
  at: Date
  byName: string | undefined
}

/** What somebody showed and when, the latest first. */
export async function identityChecksOf(tx: Read, personId: string): Promise<KeptCheck[]> {
  const { rows } = await sql<{
    purpose: CheckPurpose
    shown: IdentityShown
    reason: RecoveryReason | null
    at: Date
    by_name: string | null
  }>`
    select c.purpose, c.shown, c.reason, c.at, s.name_ar as by_name from identity_check c
      left join staff s on s.municipality_id = c.municipality_id and s.staff_id = c.by_id
     where c.municipality_id = ${tx.town} and c.person_id = any(${samePerson(personId)})
     order by c.at desc, c.check_id limit 10`.execute(tx.q)
  return rows.map(row => ({
    purpose: row.purpose,
    shown: row.shown,
    reason: row.reason ?? undefined,
    at: row.at,
    byName: row.by_name ?? undefined,
  }))
}
