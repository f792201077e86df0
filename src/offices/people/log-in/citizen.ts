import { randomBytes } from 'node:crypto'
import { hashPassword, verifyPassword } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { type Arrived, arrive, type Browser } from './arrive.ts'
import { addressIndex, countHere, forgiveHere, isCrowded } from './budget.ts'
import { provenPhone, sendLogInCode } from './codes.ts'
import { lockDevice } from './devices.ts'
import { lockedUntil } from './lockout.ts'
import { countFailure, findLogin, forgiveFailures, type LoginRow, lockLogin } from './logins.ts'
import { readPin } from './pin.ts'

export type LogInHouse = Pick<House, 'database' | 'crypto' | 'events'>

/** What a browser sent, where from, and what it came with. */
export type CitizenLogIn = Browser & {
  /** Of their card; a telephone where somebody registered themselves and was not seen yet. */
  idNumber: string
  pin: string
  /** The address of the net. */
  address?: string | undefined
}

/**
 * `refused` says nothing of why: an unknown number, a wrong PIN, a closed log-in and an address that failed for many are one answer. `code`
 * is right, from a browser that is strange: a code is on its way. `first` is right, but the PIN is the counter's: no session opens before
 * the person has chosen their own.
 */
export type CitizenLogInResult =
  | Arrived
  | { kind: 'code'; personId: string; codeId: string; setAt: Date }
  | { kind: 'refused' }

/** Nobody has this id: statements about somebody are sent for it where there is none. */
export const nobody = '00000000-0000-0000-0000-000000000000'
/** Who proved a browser to be theirs with a code a moment ago is not asked for another. */
const freshMs = 15 * 60_000

/** A hash nobody's PIN has, made once: unknown numbers cost what known ones cost. */
let nobodysHash: Promise<string> | undefined
export function dummyHash(): Promise<string> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  return nobodysHash
}

/**
 * Logs a citizen in by number and PIN. The hash is computed between two transactions, never inside one, and for unknown numbers too; each
 * way through writes one audit row, so that neither words nor time tell who is registered. Failures from a browser that is known for the
 * person close that browser, those of strangers close strangers: nobody closes another's way in.
 */
export async function logInCitizen(
  house: LogInHouse,
  town: string,
  attempt: CitizenLogIn,
): Promise<CitizenLogInResult> {
  const known = await house.database.read(town, tx => findLogin(tx, house, attempt.idNumber))
  const pin = readPin(attempt.pin)
  const nobodys = await dummyHash()
  const right = await verifyPassword(known?.pin_hash ?? nobodys, pin ?? attempt.pin.slice(0, 64))
  const address = addressIndex(house, town, attempt.address)
  return house.database.write(town, async tx => {
    const login = await lockLogin(tx, known?.person_id ?? nobody)
    const device = await lockDevice(tx, login?.person_id ?? nobody, attempt.token)
    const until = device ? device.lockedUntil : login?.locked_until
    const closed = until != null && until > tx.now
    const crowded = !device && (await isCrowded(tx, address))
    // The PIN may have been changed while we computed: what was verified is the hash that was read.
    if (!login || closed || crowded || !right || login.pin_hash !== known?.pin_hash) {
      if (!closed && !right) {
        const failures = ((device ?? login)?.failures ?? 0) + 1
        await countFailure(
          tx,
          login?.person_id ?? nobody,
          device?.id,
          failures,
          lockedUntil(failures, tx.now),
        )
      }
      if (!right) await countHere(tx, house, address, attempt.idNumber)
      await noteRefusal(tx, login?.person_id)
      return { kind: 'refused' }
    }
    await forgiveHere(tx, house, address, attempt.idNumber)
    await forgiveFailures(tx, login.person_id, device?.id)
    const proven = device?.knownBy === 'code'
    const fresh = proven && tx.now.getTime() - device.lastAt.getTime() < freshMs
    const phone = device?.trusted || fresh ? undefined : await provenPhone(tx, house, login.person_id)
    if (phone === undefined)
      return arrive(tx, house, login, { ...attempt, knownBy: fresh || device?.trusted ? 'code' : 'pin' })
    const codeId = await sendLogInCode(tx, house, { purpose: 'device', personId: login.person_id, to: phone })
    return { kind: 'code', personId: login.person_id, codeId, setAt: login.set_at }
  })
}

/** Whether this is the log-in whose PIN was right a moment ago. */
export const unchanged = (login: LoginRow | undefined, setAt: Date): login is LoginRow =>
  login?.set_at.getTime() === setAt.getTime()

function noteRefusal(tx: Write, personId: string | undefined): Promise<void> {
  return record(tx, {
    actor: { kind: 'anonymous', id: 'anonymous' },
    act: 'people.log-in-refused',
    subjectKind: 'person',
    subjectId: personId ?? 'unknown',
    personId,
  })
}
