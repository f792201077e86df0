import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { CitizenLevel } from '../../../kernel/access/index.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { NotFound } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { hashPassword } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { endDevicesOf } from './devices.ts'
import { endSessionsOf } from './sessions.ts'

const pinLength = 6

/** The digits of a PIN as typed on any keyboard; undefined when it is no PIN. */
export function readPin(typed: string): string | undefined {
  const pin = toWesternDigits(typed).replace(/\s/g, '')
  return /^\d{6}$/.test(pin) ? pin : undefined
}

/** Whether somebody would try this PIN first: one or two digits repeated, a run, the day or year of birth, or a piece of the id number. */
export function isWeakPin(
  pin: string,
  person: { birthDate?: string | undefined; idNumber?: string | undefined },
): boolean {
  if (new Set(pin).size < 3) return true
  if (pin.slice(0, 3) === pin.slice(3) || /^(..)\1\1$/.test(pin)) return true
  const runs = '01234567890123456789'
  if (runs.includes(pin) || [...runs].reverse().join('').includes(pin)) return true
  const [year, month = '', day = ''] = person.birthDate?.split('-') ?? []
  if (year !== undefined) {
    const short = year.slice(2)
    const dates = [day + month + short, month + day + short, short + month + day]
    if (pin.includes(year) || dates.includes(pin)) return true
  }
  return person.idNumber?.includes(pin) ?? false
}

/** A random PIN that is not weak for this person. */
export function randomPin(person: Parameters<typeof isWeakPin>[1]): string {
  for (;;) {
    const pin = String(randomInt(10 ** pinLength)).padStart(pinLength, '0')
    if (!isWeakPin(pin, person)) return pin
  }
}

export type PinOptions = {
  /** False only where no second person knows the PIN, as in a demo. */
  mustChange?: boolean
}

/**
 * Gives a person a new PIN at the counter, and returns it once. What was locked is open again, and sessions opened with the old one end.
 * The person chooses their own at the first log-in, so that the clerk's knowledge of this one is worth nothing. Hashing runs inside the
 * transaction here, for this is rare; log-ins hash outside of theirs.
 */
export async function setPin(
  tx: Write,
  personId: string,
  by: AuditActor,
  options: PinOptions = {},
): Promise<string> {
  const found = await sql<{ birth_date: string | null }>`
    select birth_date from person where municipality_id = ${tx.town} and person_id = ${personId}`.execute(
    tx.q,
  )
  const [person] = found.rows
  if (!person) throw new NotFound('no-such-person')
  const pin = randomPin({ birthDate: person.birth_date ?? undefined })
  const hash = await hashPassword(pin)
  await writePin(tx, personId, hash, {
    mustChange: options.mustChange ?? true,
    by: by.id,
    level: 'verified',
  })
  await endSessionsOf(tx, personId)
  await endDevicesOf(tx, personId)
  await record(tx, { actor: by, act: 'people.pin-set', subjectKind: 'person', subjectId: personId, personId })
  return pin
}

/**
 * Writes a PIN's hash; failures and lock fall away with the old one. `level`: given by the counter to whoever showed who they are, or taken by
 * somebody who only says it, and who then logs in by the telephone of their `claim`.
 */
export async function writePin(
  tx: Write,
  personId: string,
  hash: string,
  { mustChange, by, level, claim }: NewPin,
): Promise<void> {
  const setBy = isId(by) ? by : null
  await sql`
    insert into citizen_login (municipality_id, person_id, pin_hash, must_change, failures, locked_until, set_at, set_by, level, phone_index,
                               claimed_id_index, claimed_id_sealed)
    values (${tx.town}, ${personId}, ${hash}, ${mustChange}, 0, null, ${tx.now}, ${setBy}, ${level}, ${claim?.phone ?? null},
            ${claim?.idIndex ?? null}, ${claim?.idSealed ?? null})
    on conflict (municipality_id, person_id) do update
      set pin_hash = excluded.pin_hash, must_change = excluded.must_change, failures = 0, locked_until = null,
          set_at = excluded.set_at, set_by = excluded.set_by,
          level = excluded.level, phone_index = excluded.phone_index`.execute(tx.q)
}

type NewPin = {
  mustChange: boolean
  by: string
  level: CitizenLevel
  claim?: { phone: Buffer; idIndex: Buffer; idSealed: Buffer } | undefined
}

/** Changes the PIN of a log-in there is, and nothing else of it. */
export async function replacePin(tx: Write, personId: string, hash: string): Promise<void> {
  await sql`
    update citizen_login set pin_hash = ${hash}, must_change = false, failures = 0, locked_until = null, set_at = ${tx.now},
                             set_by = ${personId}
     where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
}
