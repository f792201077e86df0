import { sql } from 'kysely'
import { verifyPassword } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { normaliseLogin } from '../staff.ts'
import { dummyHash, type LogInHouse } from './citizen.ts'
import { lockedUntil } from './lockout.ts'
import { openTotp, totpCounter } from './totp.ts'

/** What a log-in of the staff is judged by. */
export type StaffRow = {
  staff_id: string
  login: string
  name_ar: string
  password_hash: string
  /** Set where the password was handed out and is still to be changed. */
  password_until: Date | null
  totp_sealed: Buffer | null
  totp_counter: number
  failures: number
  locked_until: Date | null
}

const columns = sql.raw(
  'staff_id, login, name_ar, password_hash, password_until, totp_sealed, totp_counter, failures, locked_until',
)

/** Who has this login and has not left. */
export async function byLogin(tx: Read, login: string): Promise<StaffRow | undefined> {
  const found = await sql<StaffRow>`
    select ${columns} from staff
     where municipality_id = ${tx.town} and login = ${normaliseLogin(login.slice(0, 100))} and left_at is null`.execute(
    tx.q,
  )
  return found.rows[0]
}

export async function staffRow(tx: Read, staffId: string): Promise<StaffRow | undefined> {
  const found = await sql<StaffRow>`
    select ${columns} from staff
     where municipality_id = ${tx.town} and staff_id = ${staffId} and left_at is null`.execute(tx.q)
  return found.rows[0]
}

export async function lockStaffRow(tx: Write, staffId: string): Promise<StaffRow | undefined> {
  const found = await sql<StaffRow>`
    select ${columns} from staff
     where municipality_id = ${tx.town} and staff_id = ${staffId} and left_at is null for no key update`.execute(
    tx.q,
  )
  return found.rows[0]
}

export const isClosed = (row: Pick<StaffRow, 'locked_until'> | undefined, now: Date): boolean =>
  row?.locked_until !== null && row?.locked_until !== undefined && row.locked_until > now

/** Whether the password is theirs. For nobody it takes the same time, so that time does not tell who is there. */
export async function isPassword(row: StaffRow | undefined, password: string): Promise<boolean> {
  const right = await verifyPassword(row?.password_hash ?? (await dummyHash()), password.slice(0, 1000))
  return row !== undefined && right
}

/** The step of a right code of their app; undefined for a wrong one, and for who has no app. */
export function codeStep(house: LogInHouse, town: string, row: StaffRow, code: string, now: Date) {
  return row.totp_sealed ? totpCounter(openTotp(house.crypto, town, row.totp_sealed), code, now) : undefined
}

export async function countFailure(
  tx: Write,
  { staff_id, failures }: Pick<StaffRow, 'staff_id' | 'failures'>,
): Promise<void> {
  await sql`update staff set failures = ${failures + 1}, locked_until = ${lockedUntil(failures + 1, tx.now)}
             where municipality_id = ${tx.town} and staff_id = ${staff_id}`.execute(tx.q)
}

/** Forgets the failures; with a step, no code up to it works again. */
export async function noteSuccess(tx: Write, staffId: string, step?: number): Promise<void> {
  await sql`update staff set failures = 0, locked_until = null, totp_counter = greatest(totp_counter, ${step ?? 0}::bigint)
             where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(tx.q)
}

/** Writes down a log-in, or an attempt at one. */
export function noteLogIn(tx: Write, act: string, staffId: string | undefined, how?: string): Promise<void> {
  const isIn = act === 'people.staff-logged-in' && staffId !== undefined
  return record(tx, {
    actor: isIn ? { kind: 'staff', id: staffId } : { kind: 'anonymous', id: 'anonymous' },
    act,
    subjectKind: 'staff',
    subjectId: staffId ?? 'unknown',
    ...(how !== undefined && { cause: how }),
  })
}
