import { sql } from 'kysely'
import type { Fault } from '../../../lib/errors.ts'
import { hashPassword, sameSecret, verifyPassword } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import type { LogInHouse } from '../log-in/citizen.ts'
import { endSessionsOf } from '../log-in/sessions.ts'
import { enterStaff, type StaffLogInResult } from '../log-in/staff.ts'
import { lockStaffRow, noteSuccess, staffRow } from '../log-in/staff-row.ts'
import { newTotpSecret, sealTotp, totpCounter } from '../log-in/totp.ts'
import { type PasskeyAnswer, takePasskey } from './passkeys.ts'
import { passwordFault } from './password-rule.ts'
import { makeRecoveryCodes } from './recovery.ts'

/** How long the page of the first log-in may stand open. */
const ticketMinutes = 30
const purpose = 'staff-first'

/** What a handed-out password earns: the right to make ways in of one's own. Sealed into a cookie, and worth nothing once it was used. */
export type FirstTicket = { staffId: string; totpSecret: string; handed: string; until: number }

/** `handed` names the password it was earned with: another that is handed out later makes it worthless. */
export async function writeFirstTicket(
  house: LogInHouse,
  town: string,
  staffId: string,
): Promise<string | undefined> {
  return house.database.read(town, async tx => {
    const row = await staffRow(tx, staffId)
    if (!row?.password_until) return undefined
    const ticket: FirstTicket = {
      staffId,
      totpSecret: newTotpSecret(),
      handed: row.password_hash.slice(-16),
      until: tx.now.getTime() + ticketMinutes * 60_000,
    }
    return house.crypto.seal(town, purpose, JSON.stringify(ticket)).toString('base64url')
  })
}

export function readFirstTicket(
  crypto: House['crypto'],
  town: string,
  text: string | undefined,
  now: Date,
): FirstTicket | undefined {
  if (!text) return undefined
  try {
    const ticket = JSON.parse(crypto.open(town, purpose, Buffer.from(text, 'base64url'))) as FirstTicket
    return ticket.until > now.getTime() ? ticket : undefined
  } catch {
    return undefined
  }
}

export type FirstChoice = {
  password: string
  again: string
  code: string
  passkey?: PasskeyAnswer | undefined
  passkeyName: string
  device?: string | undefined
  instead?: Buffer | undefined
}

export type FirstResult =
  | { kind: 'faults'; faults: Fault[] }
  /** They were made before: the log-in is theirs already. */
  | { kind: 'gone' }
  | { kind: 'done'; codes: string[]; entered: Extract<StaffLogInResult, { kind: 'open' | 'no-post' }> }

/** Makes somebody's own ways in: password, app or passkey, recovery codes. The password that was handed out opens nothing afterwards. */
export async function makeWaysIn(
  house: LogInHouse,
  town: string,
  ticket: FirstTicket,
  choice: FirstChoice,
): Promise<FirstResult> {
  const seen = await house.database.read(town, async tx => ({
    row: await staffRow(tx, ticket.staffId),
    now: tx.now,
  }))
  if (!seen.row?.password_until || !sameSecret(seen.row.password_hash.slice(-16), ticket.handed))
    return { kind: 'gone' }
  const faults = newPasswordFaults(choice, [seen.row.login, seen.row.name_ar])
  if (await verifyPassword(seen.row.password_hash, choice.password.slice(0, 1000)))
    faults.push({ field: 'password', code: 'password-unchanged' })
  const step = totpCounter(ticket.totpSecret, choice.code, seen.now)
  if (!choice.passkey && step === undefined)
    faults.push(
      choice.code.trim() === ''
        ? { field: 'code', code: 'second-missing' }
        : { field: 'code', code: 'app-code-wrong' },
    )
  if (faults.length > 0) return { kind: 'faults', faults }
  const hash = await hashPassword(choice.password)
  return house.database.write(town, async tx => {
    const row = await lockStaffRow(tx, ticket.staffId)
    if (row?.password_hash !== seen.row?.password_hash || !row?.password_until) return { kind: 'gone' }
    const app = choice.passkey ? undefined : sealTotp(house.crypto, town, ticket.totpSecret)
    if (
      choice.passkey &&
      !(await takePasskey(tx, house.crypto, ticket.staffId, choice.passkey, choice.passkeyName))
    )
      return { kind: 'faults', faults: [{ field: 'code', code: 'passkey-not-added' }] }
    await setPassword(tx, ticket.staffId, hash)
    await sql`update staff set totp_sealed = ${app ?? null}, totp_counter = 0
               where municipality_id = ${town} and staff_id = ${ticket.staffId}`.execute(tx.q)
    await noteSuccess(tx, ticket.staffId, step)
    await endSessionsOf(tx, ticket.staffId)
    const codes = await makeRecoveryCodes(tx, ticket.staffId)
    await record(tx, {
      actor: { kind: 'staff', id: ticket.staffId },
      act: 'people.ways-in-made',
      subjectKind: 'staff',
      subjectId: ticket.staffId,
      cause: choice.passkey ? 'passkey' : 'app',
    })
    const how = choice.passkey ? 'passkey' : 'password'
    return { kind: 'done', codes, entered: await enterStaff(tx, ticket.staffId, how, choice) }
  })
}

/** What is wrong with a password somebody chooses. */
export function newPasswordFaults(
  { password, again }: { password: string; again: string },
  about: readonly string[],
): Fault[] {
  if (password === '') return [{ field: 'password', code: 'password-missing' }]
  const fault = passwordFault(password, about)
  if (fault) return [{ field: 'password', code: fault }]
  return password === again ? [] : [{ field: 'again', code: 'password-differs' }]
}

export async function setPassword(tx: Write, staffId: string, hash: string): Promise<void> {
  await sql`update staff set password_hash = ${hash}, password_until = null
             where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(tx.q)
}
