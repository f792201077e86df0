import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { hashPassword, verifyPassword } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { idCandidates } from '../identity.ts'
import { lockedUntil } from './lockout.ts'
import { readPin } from './pin.ts'
import { openSession } from './sessions.ts'

export type LogInHouse = Pick<House, 'database' | 'crypto'>

/** What a browser sent, and the session it came with. */
export type CitizenLogIn = {
  idNumber: string
  pin: string
  device?: string | undefined
  instead?: Buffer | undefined
}

/**
 * `refused` says nothing of why: an unknown number, a wrong PIN and a closed log-in are one answer. `first` is right, but the PIN is the
 * counter's: no session opens before the person has chosen their own.
 */
export type CitizenLogInResult =
  | { kind: 'open'; token: string; personId: string }
  | { kind: 'first'; personId: string }
  | { kind: 'refused' }

type LoginRow = {
  person_id: string
  pin_hash: string
  locked_until: Date | null
  failures: number
  must_change: boolean
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** A hash nobody's PIN has, made once: unknown numbers cost what known ones cost. */
let nobodysHash: Promise<string> | undefined
export function dummyHash(): Promise<string> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  return nobodysHash
}

/**
 * Logs a citizen in by id number and PIN. The hash is computed between two transactions, never inside one, and for unknown numbers too;
 * each way through writes one audit row, so that neither words nor time tell who is registered.
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
  return house.database.write(town, async tx => {
    const login = await lockLogin(tx, known?.person_id ?? nobody)
    const closed = login?.locked_until && login.locked_until > tx.now
    // The PIN may have been changed while we computed: what was verified is the hash that was read.
    if (!login || closed || !right || login.pin_hash !== known?.pin_hash) {
      if (!closed && !right) await countFailure(tx, login)
      await noteRefusal(tx, login?.person_id)
      return { kind: 'refused' }
    }
    await sql`update citizen_login set failures = 0, locked_until = null
               where municipality_id = ${town} and person_id = ${login.person_id}`.execute(tx.q)
    if (login.must_change) return { kind: 'first', personId: login.person_id }
    const token = await enter(tx, login.person_id, attempt)
    return { kind: 'open', token, personId: login.person_id }
  })
}

/** Opens a citizen's session and writes it down. */
export async function enter(
  tx: Write,
  personId: string,
  from: { device?: string | undefined; instead?: Buffer | undefined },
): Promise<string> {
  const token = await openSession(tx, { kind: 'citizen', subjectId: personId, ...from })
  await record(tx, {
    actor: { kind: 'citizen', id: personId },
    act: 'people.logged-in',
    subjectKind: 'person',
    subjectId: personId,
    personId,
  })
  return token
}

async function findLogin(tx: Read, { crypto }: LogInHouse, idText: string): Promise<LoginRow | undefined> {
  const candidates = idCandidates({ tx, crypto }, idText.slice(0, 60))
  const found = await sql<LoginRow>`
    select l.person_id, l.pin_hash, l.locked_until, l.failures, l.must_change
      from person p
      join citizen_login l on l.municipality_id = p.municipality_id and l.person_id = p.person_id
     where p.municipality_id = ${tx.town} and p.id_index = any(${candidates}::bytea[]) and p.survivor_id is null
     order by array_position(${candidates}::bytea[], p.id_index) limit 1`.execute(tx.q)
  return found.rows[0]
}

/** The row as it stands now, held until the end: guesses sent side by side are counted one after another. */
async function lockLogin(tx: Write, personId: string): Promise<LoginRow | undefined> {
  const found = await sql<LoginRow>`
    select person_id, pin_hash, locked_until, failures, must_change from citizen_login
     where municipality_id = ${tx.town} and person_id = ${personId} for update`.execute(tx.q)
  return found.rows[0]
}

/** For an unknown number the same statement runs and finds nobody. */
async function countFailure(tx: Write, login: LoginRow | undefined): Promise<void> {
  const failures = (login?.failures ?? 0) + 1
  await sql`update citizen_login set failures = ${failures}, locked_until = ${lockedUntil(failures, tx.now)}
             where municipality_id = ${tx.town} and person_id = ${login?.person_id ?? nobody}`.execute(tx.q)
}

function noteRefusal(tx: Write, personId: string | undefined): Promise<void> {
  return record(tx, {
    actor: { kind: 'anonymous', id: 'anonymous' },
    act: 'people.log-in-refused',
    subjectKind: 'person',
    subjectId: personId ?? 'unknown',
    personId,
  })
}
