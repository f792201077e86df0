import { sql } from 'kysely'
import { NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { hashToken, newToken } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { samePerson } from '../records/same.ts'

/** By what a browser became known: a code read out of their telephone, or the PIN alone where there is none to ask. */
export type KnownBy = 'code' | 'pin'

/** A browser somebody logged in from. */
export type Device = {
  id: string
  /** Browser and system, as it calls itself. */
  name: string
  knownBy: KnownBy
  /** They said that it is theirs: no code is asked there. */
  trusted: boolean
  firstAt: Date
  lastAt: Date
}

export type DeviceInHand = Device & { failures: number; lockedUntil: Date | undefined }

/** A browser keeps what it is known by for as long as browsers keep a cookie. */
export const deviceSeconds = 400 * 24 * 3600

type Row = {
  device_id: string
  name: string
  known_by: KnownBy
  is_trusted: boolean
  failures: number
  locked_until: Date | null
  first_at: Date
  last_at: Date
}

const columns = sql.raw('device_id, name, known_by, is_trusted, failures, locked_until, first_at, last_at')

const toDevice = (row: Row): DeviceInHand => ({
  id: row.device_id,
  name: row.name,
  knownBy: row.known_by,
  trusted: row.is_trusted,
  failures: row.failures,
  lockedUntil: row.locked_until ?? undefined,
  firstAt: row.first_at,
  lastAt: row.last_at,
})

/** The browser that holds this token, where it is known for this person; held until the end. */
export async function lockDevice(
  tx: Write,
  personId: string,
  token: string | undefined,
): Promise<DeviceInHand | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from citizen_device
     where municipality_id = ${tx.town} and token_hash = ${hashToken(token ?? '')} and person_id = any(${samePerson(personId)})
       and ended_at is null for update`.execute(tx.q)
  const [row] = rows
  return row && toDevice(row)
}

export type Arrival = {
  personId: string
  token: string | undefined
  /** What the browser calls itself. */
  agent: string
  knownBy: KnownBy
  trusted: boolean
}

/**
 * Notes that somebody got in from a browser. One that was not known for them gets a token made just now, under which everybody it was known
 * for is found from then on: a token planted there by somebody else is worth nothing afterwards.
 */
export async function rememberDevice(
  tx: Write,
  { personId, token, agent, knownBy, trusted }: Arrival,
): Promise<{ deviceId: string; token: string; isNew: boolean }> {
  const known = await lockDevice(tx, personId, token)
  if (known && token !== undefined) {
    await sql`update citizen_device
                 set last_at = ${tx.now}, failures = 0, locked_until = null, is_trusted = is_trusted or ${trusted},
                     known_by = case when ${knownBy} = 'code' then 'code' else known_by end
               where municipality_id = ${tx.town} and device_id = ${known.id}`.execute(tx.q)
    return { deviceId: known.id, token, isNew: false }
  }
  const fresh = newToken(32)
  const deviceId = newId(tx.now)
  if (token !== undefined)
    await sql`update citizen_device set token_hash = ${hashToken(fresh)}
               where municipality_id = ${tx.town} and token_hash = ${hashToken(token)} and ended_at is null`.execute(
      tx.q,
    )
  await sql`
    insert into citizen_device (municipality_id, device_id, person_id, token_hash, name, known_by, is_trusted, failures, first_at, last_at)
    values (${tx.town}, ${deviceId}, ${personId}, ${hashToken(fresh)}, ${deviceName(agent)}, ${knownBy}, ${trusted}, 0, ${tx.now},
            ${tx.now})`.execute(tx.q)
  return { deviceId, token: fresh, isNew: true }
}

/** The browsers known for somebody, the one used last first. */
export async function devicesOf(tx: Read, personId: string): Promise<Device[]> {
  const { rows } = await sql<Row>`
    select ${columns} from citizen_device
     where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null
     order by last_at desc, device_id limit 100`.execute(tx.q)
  return rows.map(toDevice)
}

/** A browser is strange again, and whoever is logged in there is not. NotFound where it is none of theirs. */
export async function endDevice(tx: Write, personId: string, deviceId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update citizen_device set ended_at = ${tx.now}
     where municipality_id = ${tx.town} and device_id = ${deviceId} and person_id = any(${samePerson(personId)}) and ended_at is null`.execute(
    tx.q,
  )
  if (numAffectedRows !== 1n) throw new NotFound('no-such-device')
  await sql`update session set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and subject_id = any(${samePerson(personId)}) and device_id = ${deviceId}
               and ended_at is null`.execute(tx.q)
}

/** Every browser of somebody is strange again, but for the one they sit at, where it is given. */
export async function endDevicesOf(tx: Write, personId: string, but?: string): Promise<void> {
  await sql`update citizen_device set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null
               and device_id is distinct from ${but ?? null}::uuid`.execute(tx.q)
}

const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser calls itself, in two words people know: `Chrome · Android`. Empty where it says nothing that is known. */
export function deviceName(agent: string): string {
  const first = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(agent))?.[1]
  return [first(browsers), first(systems)].filter(part => part !== undefined).join(' · ')
}
