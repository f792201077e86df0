import { sql } from 'kysely'
import type { Read, Write } from '../../../platform/database/index.ts'

/** A key of somebody of the staff, kept in a telephone, a computer or on a ring. */
export type Passkey = {
  /** Names it in a form: its credential id, base64url. */
  id: string
  staffId: string
  name: string
  publicKey: Buffer
  counter: number
  transports: string[]
  /** It may be on several devices of its owner. */
  synced: boolean
  backedUp: boolean
  addedAt: Date
  usedAt: Date | undefined
}

type Row = {
  credential_id: Buffer
  staff_id: string
  name: string
  public_key: Buffer
  counter: number
  transports: string[]
  synced: boolean
  backed_up: boolean
  added_at: Date
  used_at: Date | null
}

const columns = sql`credential_id, staff_id, name, public_key, counter, transports, synced, backed_up, added_at, used_at`

const toPasskey = (row: Row): Passkey => ({
  id: row.credential_id.toString('base64url'),
  staffId: row.staff_id,
  name: row.name,
  publicKey: row.public_key,
  counter: row.counter,
  transports: row.transports,
  synced: row.synced,
  backedUp: row.backed_up,
  addedAt: row.added_at,
  usedAt: row.used_at ?? undefined,
})

/** The keys somebody has, the oldest first. */
export async function passkeysOf(tx: Read, staffId: string): Promise<Passkey[]> {
  const { rows } = await sql<Row>`
    select ${columns} from staff_passkey
     where municipality_id = ${tx.town} and staff_id = ${staffId} and removed_at is null
     order by added_at, credential_id`.execute(tx.q)
  return rows.map(toPasskey)
}

/** A key by its credential id; only of who has not left. */
export async function findPasskey(tx: Read, id: string): Promise<Passkey | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from staff_passkey p
     where municipality_id = ${tx.town} and credential_id = ${Buffer.from(id, 'base64url')} and removed_at is null
       and exists (select 1 from staff s where s.municipality_id = p.municipality_id and s.staff_id = p.staff_id and s.left_at is null)`.execute(
    tx.q,
  )
  return rows[0] && toPasskey(rows[0])
}

export async function addPasskey(tx: Write, key: Omit<Passkey, 'addedAt' | 'usedAt'>): Promise<boolean> {
  const written = await sql`
    insert into staff_passkey (municipality_id, credential_id, staff_id, public_key, counter, transports, synced, backed_up, name, added_at)
    values (${tx.town}, ${Buffer.from(key.id, 'base64url')}, ${key.staffId}, ${key.publicKey}, ${key.counter},
            ${key.transports}, ${key.synced}, ${key.backedUp}, ${key.name}, ${tx.now})
    on conflict do nothing`.execute(tx.q)
  return written.numAffectedRows === 1n
}

/** Notes the use of a key; false when its counter went back, as that of a copy does. */
export async function noteUse(tx: Write, id: string, counter: number, backedUp: boolean): Promise<boolean> {
  const used = await sql`
    update staff_passkey set counter = ${counter}, backed_up = ${backedUp}, used_at = ${tx.now}
     where municipality_id = ${tx.town} and credential_id = ${Buffer.from(id, 'base64url')} and removed_at is null
       and (counter < ${counter} or (counter = 0 and ${counter}::bigint = 0))`.execute(tx.q)
  return used.numAffectedRows === 1n
}

/** Takes one key away, or all of somebody's; gives how many there were. */
export async function removePasskeys(tx: Write, staffId: string, id?: string): Promise<number> {
  const removed = await sql`
    update staff_passkey set removed_at = ${tx.now}
     where municipality_id = ${tx.town} and staff_id = ${staffId} and removed_at is null
       ${id === undefined ? sql`` : sql`and credential_id = ${Buffer.from(id, 'base64url')}`}`.execute(tx.q)
  return Number(removed.numAffectedRows ?? 0n)
}
