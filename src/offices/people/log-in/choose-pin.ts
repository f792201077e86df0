import { sql } from 'kysely'
import type { CitizenLevel } from '../../../kernel/access/index.ts'
import type { Fault } from '../../../lib/errors.ts'
import { Unauthorized } from '../../../lib/errors.ts'
import { hashPassword, verifyPassword } from '../../../platform/crypto/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { getPerson, idNumberOf } from '../persons.ts'
import { type Browser, type Entered, enter, type Proof } from './arrive.ts'
import type { LogInHouse } from './citizen.ts'
import { lockedUntil } from './lockout.ts'
import { isWeakPin, readPin, replacePin } from './pin.ts'
import { endSessionsOf } from './sessions.ts'
import { openTicket, sealTicket } from './tickets.ts'

/**
 * What a right first PIN earns: the right to choose one's own within ten minutes. Sealed into a cookie; it is worth nothing once the PIN
 * was changed.
 */
const purpose = 'first-pin'

/** Whose it is, and what the browser proved. */
export type FirstPin = { personId: string } & Proof

export const writeTicket = (crypto: House['crypto'], town: string, first: FirstPin, now: Date): string =>
  sealTicket(crypto, town, purpose, first, now)

/** What a ticket says; undefined when it is none, or too old. */
export const readTicket = (
  crypto: House['crypto'],
  town: string,
  text: string,
  now: Date,
): FirstPin | undefined => openTicket<FirstPin>(crypto, town, purpose, text, now)

export type PinChoice = {
  personId: string
  /** Asked of who is logged in already; a first choice follows a right PIN. */
  current: string | undefined
  pin: string
  again: string
} & Browser & { [K in keyof Proof]?: Proof[K] | undefined }

/** Takes the PIN a person chose: every other session of theirs ends, and a new one opens here. */
export async function choosePin(
  house: LogInHouse,
  town: string,
  choice: PinChoice,
): Promise<({ ok: true } & Entered) | { ok: false; faults: Fault[] }> {
  const { personId } = choice
  const seen = await house.database.read(town, async tx => ({
    person: await getPerson(tx, personId),
    idNumber: await idNumberOf(tx, house.crypto, personId),
    login: await loginOf(tx, personId),
    now: tx.now,
  }))
  if (!seen.login) throw new Unauthorized('no-pin')
  const first = choice.current === undefined
  if (first && !seen.login.must_change) throw new Unauthorized('pin-already-chosen')
  const right = first || (await verifyPassword(seen.login.pin_hash, readPin(choice.current ?? '') ?? ''))
  const faults = inspect(choice, { birthDate: seen.person.birthDate, idNumber: seen.idNumber })
  const same = faults.length === 0 && (await verifyPassword(seen.login.pin_hash, readPin(choice.pin) ?? ''))
  if (same) faults.push({ field: 'pin', code: 'pin-unchanged' })
  const closed = seen.login.locked_until !== null && seen.login.locked_until > seen.now
  if (!right || closed) {
    if (!closed) await countWrongCurrent(house, town, personId)
    return { ok: false, faults: [{ field: 'current', code: 'pin-wrong' }, ...faults] }
  }
  if (faults.length > 0) return { ok: false, faults }
  const hash = await hashPassword(readPin(choice.pin) ?? '')
  const { level } = seen.login
  const entered = await house.database.write(town, async tx => {
    await replacePin(tx, personId, hash)
    await endSessionsOf(tx, personId)
    await record(tx, {
      actor: { kind: 'citizen', id: personId },
      act: 'people.pin-chosen',
      subjectKind: 'person',
      subjectId: personId,
      personId,
    })
    return enter(tx, house, { person_id: personId, level }, { ...choice, knownBy: choice.knownBy ?? 'pin' })
  })
  return { ok: true, ...entered }
}

function inspect({ pin, again }: PinChoice, person: Parameters<typeof isWeakPin>[1]): Fault[] {
  const read = readPin(pin)
  if (read === undefined) return [{ field: 'pin', code: 'pin-malformed' }]
  if (isWeakPin(read, person)) return [{ field: 'pin', code: 'pin-weak' }]
  return read === readPin(again) ? [] : [{ field: 'again', code: 'pin-differs' }]
}

type Login = {
  pin_hash: string
  must_change: boolean
  failures: number
  locked_until: Date | null
  level: CitizenLevel
}

async function loginOf(tx: Parameters<Parameters<House['database']['read']>[1]>[0], personId: string) {
  const found = await sql<Login>`
    select pin_hash, must_change, failures, locked_until, level from citizen_login
     where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
  return found.rows[0]
}

/**
 * Asks somebody who is logged in for their PIN again, before what gives another power over their affairs. A wrong one is counted like one at
 * the log-in. False where it is wrong, where they wait, and where there is none.
 */
export async function provePin(
  house: LogInHouse,
  town: string,
  personId: string,
  typed: string,
): Promise<boolean> {
  const { login, now } = await house.database.read(town, async tx => ({
    login: await loginOf(tx, personId),
    now: tx.now,
  }))
  if (!login || (login.locked_until !== null && login.locked_until > now)) return false
  const right = await verifyPassword(login.pin_hash, readPin(typed) ?? '')
  if (!right) await countWrongCurrent(house, town, personId)
  return right
}

/** An open session is no place to guess the PIN at: wrong ones count like those at the log-in. */
async function countWrongCurrent(house: LogInHouse, town: string, personId: string): Promise<void> {
  await house.database.write(town, async tx => {
    const counted = await sql<{ failures: number }>`
      update citizen_login set failures = failures + 1
       where municipality_id = ${town} and person_id = ${personId} returning failures`.execute(tx.q)
    const until = lockedUntil(counted.rows[0]?.failures ?? 0, tx.now)
    await sql`update citizen_login set locked_until = ${until}
               where municipality_id = ${town} and person_id = ${personId}`.execute(tx.q)
  })
}
