import { toWesternDigits } from '../../../lib/arabic.ts'
import type { Write } from '../../../platform/database/index.ts'
import { appointmentsOf, todayOf } from '../offices.ts'
import { ownerByPasskey, type PasskeyAnswer } from '../ways-in/passkeys.ts'
import { spendRecoveryCode } from '../ways-in/recovery.ts'
import { type LogInHouse, nobody } from './citizen.ts'
import { type LogInHow, openSession, type SignedOn } from './sessions.ts'
import {
  byLogin,
  codeStep,
  countFailure,
  isClosed,
  isPassword,
  lockStaffRow,
  noteLogIn,
  noteSuccess,
  type StaffRow,
} from './staff-row.ts'

type Browser = { device?: string | undefined; instead?: Buffer | undefined }

export type StaffLogIn = Browser & {
  login: string
  password: string
  /** Of the authenticator app, or one of the recovery codes; empty at the first log-in. */
  code: string
}

/**
 * `refused` says nothing of why. `first` is right, but the password was handed out: no session opens before they have ways in of their
 * own. `no-post` has proved who they are, and holds no post today.
 */
export type StaffLogInResult =
  | { kind: 'open'; token: string; staffId: string; how: LogInHow }
  | { kind: 'first'; staffId: string }
  | { kind: 'no-post' }
  | { kind: 'refused' }

/**
 * Logs one of the staff in by login, password and the code of their authenticator. A code works once; who left is unknown. Nobody's login
 * costs the statements of somebody's.
 */
export async function logInStaff(
  house: LogInHouse,
  town: string,
  attempt: StaffLogIn,
): Promise<StaffLogInResult> {
  const seen = await house.database.read(town, async tx => ({
    row: await byLogin(tx, attempt.login),
    now: tx.now,
  }))
  const right = await isPassword(seen.row, attempt.password)
  return house.database.write(town, async tx => {
    const row = await lockStaffRow(tx, seen.row?.staff_id ?? nobody)
    const closed = isClosed(row, tx.now)
    const same = right && row?.password_hash === seen.row?.password_hash
    const second =
      row && same && !closed ? await secondProof(tx, house, row, attempt.code, seen.now) : undefined
    if (!row || !second) {
      if (!closed) await countFailure(tx, row ?? { staff_id: nobody, failures: 0 })
      await noteLogIn(tx, 'people.staff-log-in-refused', row?.staff_id)
      return { kind: 'refused' }
    }
    await noteSuccess(tx, row.staff_id, second.step)
    return second.how === 'first'
      ? { kind: 'first', staffId: row.staff_id }
      : enterStaff(tx, row.staff_id, second.how, attempt)
  })
}

type Second = { how: 'password' | 'recovery' | 'first'; step?: number }

async function secondProof(
  tx: Write,
  house: LogInHouse,
  row: StaffRow,
  code: string,
  at: Date,
): Promise<Second | undefined> {
  if (row.password_until) return row.password_until > tx.now ? { how: 'first' } : undefined
  const step = codeStep(house, tx.town, row, code, at)
  if (step !== undefined) return step > row.totp_counter ? { how: 'password', step } : undefined
  return (await spendRecoveryCode(tx, row.staff_id, toWesternDigits(code))) ? { how: 'recovery' } : undefined
}

/** Logs in by a passkey alone: it asked for finger, face or PIN itself. Wrong ones close nothing, since nobody guesses a signature. */
export function logInByPasskey(
  house: LogInHouse,
  town: string,
  answer: PasskeyAnswer,
  browser: Browser,
): Promise<StaffLogInResult> {
  return house.database.write(town, async tx => {
    const staffId = await ownerByPasskey(tx, house.crypto, answer)
    if (staffId === undefined) {
      await noteLogIn(tx, 'people.staff-log-in-refused', undefined, 'passkey')
      return { kind: 'refused' }
    }
    return enterStaff(tx, staffId, 'passkey', browser)
  })
}

/** Opens the session of somebody whose proof was right, where they hold a post today. */
export async function enterStaff(
  tx: Write,
  staffId: string,
  how: LogInHow,
  { device, instead }: Browser,
  signOn?: SignedOn,
): Promise<Extract<StaffLogInResult, { kind: 'open' | 'no-post' }>> {
  if ((await appointmentsOf(tx, staffId, await todayOf(tx))).length === 0) {
    await noteLogIn(tx, 'people.staff-log-in-refused', staffId, 'no post')
    return { kind: 'no-post' }
  }
  const token = await openSession(tx, { kind: 'staff', subjectId: staffId, device, instead, how, signOn })
  await noteLogIn(tx, 'people.staff-logged-in', staffId, how)
  return { kind: 'open', token, staffId, how }
}
