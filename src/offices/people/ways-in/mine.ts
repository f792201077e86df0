import { sql } from 'kysely'
import { Conflict, InvalidInput } from '../../../lib/errors.ts'
import { hashPassword } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { tellCutOff } from '../cut-off.ts'
import type { LogInHouse } from '../log-in/citizen.ts'
import type { LogInHow } from '../log-in/sessions.ts'
import { lockStaffRow, noteSuccess, type StaffRow, staffRow } from '../log-in/staff-row.ts'
import { sealTotp, totpCounter } from '../log-in/totp.ts'
import { newPasswordFaults, setPassword } from './first.ts'
import { type Passkey, passkeysOf, removePasskeys } from './passkey-store.ts'
import { type PasskeyAnswer, takePasskey } from './passkeys.ts'
import { recoveryCodesLeft } from './recovery.ts'

/** A log-in that is open. */
export type OpenLogIn = {
  /** Names it in a form. */
  id: string
  device: string
  since: Date
  until: Date
  how: LogInHow
}

/** Everything somebody can come in by, and where they are in. */
export type WaysIn = {
  hasPassword: boolean
  hasApp: boolean
  passkeys: Passkey[]
  codes: { left: number; madeAt: Date | undefined }
  logIns: OpenLogIn[]
}

export async function waysInOf(tx: Read, staffId: string): Promise<WaysIn> {
  const row = await staffRow(tx, staffId)
  return {
    hasPassword: row !== undefined && row.password_until === null,
    hasApp: row !== undefined && row.totp_sealed !== null,
    passkeys: await passkeysOf(tx, staffId),
    codes: await recoveryCodesLeft(tx, staffId),
    logIns: await openLogIns(tx, staffId),
  }
}

export async function openLogIns(tx: Read, staffId: string): Promise<OpenLogIn[]> {
  const { rows } = await sql<{
    token_hash: Buffer
    device: string
    created_at: Date
    expires_at: Date
    how: LogInHow
  }>`
    select token_hash, device, created_at, expires_at, how from session
     where municipality_id = ${tx.town} and subject_id = ${staffId} and ended_at is null and expires_at > ${tx.now}
     order by created_at desc limit 100`.execute(tx.q)
  return rows.map(row => ({
    id: row.token_hash.toString('hex'),
    device: row.device,
    since: row.created_at,
    until: row.expires_at,
    how: row.how,
  }))
}

/** Ends one log-in of somebody, or all but `kept`; streams of theirs end with it. */
export async function endLogIns(
  tx: Write,
  staffId: string,
  which: { one: string } | { allBut: Buffer | undefined },
): Promise<void> {
  const { rows } = await sql<{ token_hash: Buffer }>`
    update session set ended_at = ${tx.now}
     where municipality_id = ${tx.town} and subject_id = ${staffId} and ended_at is null
       ${'one' in which ? sql`and token_hash = ${Buffer.from(which.one, 'hex')}` : sql`and token_hash <> ${which.allBut ?? Buffer.of()}`}
     returning token_hash`.execute(tx.q)
  await tellCutOff(
    tx,
    rows.map(row => row.token_hash.toString('hex')),
  )
  await note(tx, 'people.log-ins-ended', staffId, String(rows.length))
}

/** A new password; every other log-in ends. Faults are `InvalidInput` on `password` and `again`. */
export async function changePassword(
  house: LogInHouse,
  town: string,
  staffId: string,
  typed: { password: string; again: string },
): Promise<(tx: Write, kept: Buffer | undefined) => Promise<void>> {
  const row = await house.database.read(town, tx => staffRow(tx, staffId))
  const faults = newPasswordFaults(typed, row ? [row.login, row.name_ar] : [])
  if (faults.length > 0) throw new InvalidInput(faults)
  const hash = await hashPassword(typed.password)
  return async (tx, kept) => {
    await setPassword(tx, staffId, hash)
    await note(tx, 'people.password-changed', staffId)
    await endLogIns(tx, staffId, { allBut: kept })
  }
}

/** Takes a new authenticator app, once it has shown a right code; the former one opens nothing any more. */
export async function changeApp(
  tx: Write,
  house: LogInHouse,
  staffId: string,
  app: { secret: string; code: string },
): Promise<void> {
  await lockStaffRow(tx, staffId)
  const step = totpCounter(app.secret, app.code, tx.now)
  if (step === undefined) throw new InvalidInput([{ field: 'code', code: 'app-code-wrong' }])
  await sql`update staff set totp_sealed = ${sealTotp(house.crypto, tx.town, app.secret)}, totp_counter = 0
             where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(tx.q)
  await noteSuccess(tx, staffId, step)
  await note(tx, 'people.app-enrolled', staffId)
}

/** Adds a key. @throws InvalidInput (`passkey`) when the authenticator's answer is not to what was asked */
export async function addKey(
  tx: Write,
  house: LogInHouse,
  staffId: string,
  answer: PasskeyAnswer,
  name: string,
): Promise<void> {
  if (!(await takePasskey(tx, house.crypto, staffId, answer, name)))
    throw new InvalidInput([{ field: 'passkey', code: 'passkey-not-added' }])
  await note(tx, 'people.passkey-added', staffId, name)
}

/** Takes a key away; gives its name. @throws Conflict (`last-way-in`) where nothing else would let them in */
export async function removeKey(tx: Write, staffId: string, id: string): Promise<string> {
  const row = await lockStaffRow(tx, staffId)
  const keys = await passkeysOf(tx, staffId)
  const key = keys.find(each => each.id === id)
  if (!key) return ''
  if (keys.length === 1 && !hasPasswordAndApp(row)) throw new Conflict('last-way-in')
  await removePasskeys(tx, staffId, id)
  await note(tx, 'people.passkey-removed', staffId, key.name)
  return key.name
}

const hasPasswordAndApp = (row: StaffRow | undefined): boolean =>
  row !== undefined && row.password_until === null && row.totp_sealed !== null

function note(tx: Write, act: string, staffId: string, cause?: string): Promise<void> {
  return record(tx, {
    actor: { kind: 'staff', id: staffId },
    act,
    subjectKind: 'staff',
    subjectId: staffId,
    ...(cause !== undefined && { cause }),
  })
}
