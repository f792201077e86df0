import { sql } from 'kysely'
import { hashPassword } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { tellCutOff } from '../cut-off.ts'
import { endSessionsOf } from '../log-in/sessions.ts'
import { handedOutMs } from '../staff.ts'
import { removePasskeys } from '../ways-in/passkey-store.ts'
import { dropRecoveryCodes, readableSecret } from '../ways-in/recovery.ts'

/** Takes away everything somebody logs in with, and ends where they are in. */
export async function dropWaysIn(tx: Write, staffId: string): Promise<void> {
  // A password nobody was told: only one handed out after this opens anything.
  const nobodys = await hashPassword(readableSecret(8))
  await sql`update staff set password_hash = ${nobodys}, password_until = ${tx.now}, totp_sealed = null, totp_counter = 0,
                   failures = 0, locked_until = null
             where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(tx.q)
  await removePasskeys(tx, staffId)
  await dropRecoveryCodes(tx, staffId)
  await sql`delete from sign_on_link where municipality_id = ${tx.town} and kind = 'staff' and subject_id = ${staffId}`.execute(
    tx.q,
  )
  await endSessionsOf(tx, staffId)
  await tellCutOff(tx, [staffId])
}

/** Gives a password to hand over; it works for a week, and only to choose another. */
export async function handOut(tx: Write, staffId: string, password: string): Promise<void> {
  await sql`update staff set password_hash = ${await hashPassword(password)}, failures = 0, locked_until = null,
                   password_until = ${new Date(tx.now.getTime() + handedOutMs)}
             where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(tx.q)
}

/** Resets the ways in of somebody without power: gives the password to hand over. */
export async function resetWaysIn(
  tx: Write,
  staffId: string,
  by: AuditActor,
  reason: string,
): Promise<string> {
  const password = readableSecret(4)
  await dropWaysIn(tx, staffId)
  await handOut(tx, staffId, password)
  await record(tx, {
    actor: by,
    act: 'people.ways-in-reset',
    subjectKind: 'staff',
    subjectId: staffId,
    cause: reason,
  })
  return password
}
