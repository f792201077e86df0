import { sql } from 'kysely'
import { InvalidInput } from '../../../lib/errors.ts'
import { verifyPassword } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { normaliseLogin } from '../staff.ts'
import { dummyHash, type LogInHouse } from './citizen.ts'
import { lockedUntil } from './lockout.ts'
import { openSession } from './sessions.ts'
import { openTotp, totpCounter } from './totp.ts'

export type StaffLogIn = {
  login: string
  password: string
  code: string
  device?: string | undefined
  instead?: Buffer | undefined
}

/** `refused` says nothing of why. */
export type StaffLogInResult = { kind: 'open'; token: string; staffId: string } | { kind: 'refused' }

type StaffRow = {
  staff_id: string
  password_hash: string
  totp_sealed: Buffer
  totp_counter: number
  failures: number
  locked_until: Date | null
}

const columns = sql.raw('staff_id, password_hash, totp_sealed, totp_counter, failures, locked_until')

/** Logs one of the staff in by login, password and the code of their authenticator. A code works once; who left is unknown. */
export async function logInStaff(
  house: LogInHouse,
  town: string,
  attempt: StaffLogIn,
): Promise<StaffLogInResult> {
  const seen = await house.database.read(town, async tx => ({
    row: await byLogin(tx, attempt.login),
    now: tx.now,
  }))
  const proof = await prove(house, town, seen.row, attempt, seen.now)
  return house.database.write(town, async tx => {
    const row = seen.row && (await lockRow(tx, seen.row.staff_id))
    const closed = row?.locked_until && row.locked_until > tx.now
    const right =
      row && proof !== undefined && proof > row.totp_counter && row.password_hash === seen.row?.password_hash
    if (!row || closed || !right) {
      if (row && !closed) await countFailure(tx, row)
      await note(tx, 'people.staff-log-in-refused', row?.staff_id)
      return { kind: 'refused' }
    }
    await sql`update staff set failures = 0, locked_until = null, totp_counter = ${proof}
               where municipality_id = ${town} and staff_id = ${row.staff_id}`.execute(tx.q)
    const { device, instead } = attempt
    const token = await openSession(tx, { kind: 'staff', subjectId: row.staff_id, device, instead })
    await note(tx, 'people.staff-logged-in', row.staff_id)
    return { kind: 'open', token, staffId: row.staff_id }
  })
}

export type Confirmation = {
  password: string
  code: string
  /** The session in which it was asked: it is noted there when the person last proved who they are. */
  sessionHash?: Buffer | undefined
}

/**
 * Asks the person again before they sign. Belongs into the signing's own transaction: if that is undone, the code was not used, and a
 * form sent twice finds the first answer before it gets here. Wrong words are counted in a transaction of their own, for this one ends
 * in `InvalidInput` (field `password`, code `confirm-wrong`), which the page shows. The hash costs 20–40 ms of the transaction.
 */
export async function confirmStaff(
  tx: Write,
  house: LogInHouse,
  staffId: string,
  asked: Confirmation,
): Promise<void> {
  const found = await sql<StaffRow>`
    select ${columns} from staff
     where municipality_id = ${tx.town} and staff_id = ${staffId} and left_at is null`.execute(tx.q)
  const row = found.rows[0]
  const closed = row?.locked_until && row.locked_until > tx.now
  const proof = await prove(house, tx.town, row, asked, tx.now)
  const used =
    !row || closed || proof === undefined
      ? undefined
      : await sql`update staff set failures = 0, locked_until = null, totp_counter = ${proof}
                   where municipality_id = ${tx.town} and staff_id = ${staffId} and totp_counter < ${proof}`.execute(
          tx.q,
        )
  if (used?.numAffectedRows !== 1n) {
    if (!closed) await countApart(house, tx.town, staffId)
    throw new InvalidInput([{ field: 'password', code: 'confirm-wrong' }])
  }
  if (asked.sessionHash) {
    await sql`update session set confirmed_at = ${tx.now}
               where municipality_id = ${tx.town} and token_hash = ${asked.sessionHash}`.execute(tx.q)
  }
}

/** The step of a right code beside a right password; the password is always tried, so that time does not tell which was wrong. */
async function prove(
  house: LogInHouse,
  town: string,
  row: StaffRow | undefined,
  { password, code }: { password: string; code: string },
  now: Date,
): Promise<number | undefined> {
  const right = await verifyPassword(row?.password_hash ?? (await dummyHash()), password.slice(0, 1000))
  if (!row || !right) return undefined
  return totpCounter(openTotp(house.crypto, town, row.totp_sealed), code, now)
}

async function byLogin(tx: Read, login: string): Promise<StaffRow | undefined> {
  const found = await sql<StaffRow>`
    select ${columns} from staff
     where municipality_id = ${tx.town} and login = ${normaliseLogin(login.slice(0, 100))} and left_at is null`.execute(
    tx.q,
  )
  return found.rows[0]
}

async function lockRow(tx: Write, staffId: string): Promise<StaffRow | undefined> {
  const found = await sql<StaffRow>`
    select ${columns} from staff
     where municipality_id = ${tx.town} and staff_id = ${staffId} and left_at is null for update`.execute(
    tx.q,
  )
  return found.rows[0]
}

async function countFailure(
  tx: Write,
  { staff_id, failures }: Pick<StaffRow, 'staff_id' | 'failures'>,
): Promise<void> {
  await sql`update staff set failures = ${failures + 1}, locked_until = ${lockedUntil(failures + 1, tx.now)}
             where municipality_id = ${tx.town} and staff_id = ${staff_id}`.execute(tx.q)
}

function countApart(house: LogInHouse, town: string, staffId: string): Promise<void> {
  return house.database.write(town, async tx => {
    const row = await lockRow(tx, staffId)
    if (!row) return
    await countFailure(tx, row)
    await note(tx, 'people.confirmation-refused', staffId)
  })
}

function note(tx: Write, act: string, staffId: string | undefined): Promise<void> {
  const actor =
    act === 'people.staff-logged-in' && staffId
      ? { kind: 'staff', id: staffId }
      : { kind: 'anonymous', id: 'anonymous' }
  return record(tx, { actor, act, subjectKind: 'staff', subjectId: staffId ?? 'unknown' })
}
