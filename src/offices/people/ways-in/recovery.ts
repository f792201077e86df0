import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { hashToken } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'

/** As many as are handed out at once. */
const count = 10
/** Without what is mistaken for something else on paper: nearly five bits a letter. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** Letters and digits somebody reads off paper, in groups of four. */
export function readableSecret(groups: number): string {
  const letter = () => alphabet[randomInt(alphabet.length)] ?? ''
  return Array.from({ length: groups }, () => Array.from({ length: 4 }, letter).join('')).join('-')
}

/** Six groups are 118 random bits: with so many a fast hash is as good as a slow one (ASVS 6.5.2). Codes of before have four. */
const groups = 6
const lengths = [16, 4 * groups]

const plain = (code: string): string =>
  code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
/** The town and the person are in it, so that one list of hashes serves for nobody else. */
const hashOf = (town: string, staffId: string, code: string): Buffer =>
  hashToken(`recovery ${town} ${staffId} ${plain(code)}`)

/** Makes new codes; those made before open nothing any more. They are given once, and kept hashed. */
export async function makeRecoveryCodes(tx: Write, staffId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, () => readableSecret(groups))
  await dropRecoveryCodes(tx, staffId)
  const hashes = codes.map(code => hashOf(tx.town, staffId, code))
  await sql`insert into staff_recovery_code (municipality_id, staff_id, code_hash, made_at)
            select ${tx.town}, ${staffId}, code, ${tx.now} from unnest(${hashes}::bytea[]) code`.execute(tx.q)
  return codes
}

export async function dropRecoveryCodes(tx: Write, staffId: string): Promise<void> {
  await sql`delete from staff_recovery_code where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(
    tx.q,
  )
}

/** How many codes are left, and when they were made. */
export async function recoveryCodesLeft(
  tx: Read,
  staffId: string,
): Promise<{ left: number; madeAt: Date | undefined }> {
  const { rows } = await sql<{ left: number; made_at: Date | null }>`
    select count(*) filter (where used_at is null)::int as left, max(made_at) as made_at from staff_recovery_code
     where municipality_id = ${tx.town} and staff_id = ${staffId}`.execute(tx.q)
  return { left: rows[0]?.left ?? 0, madeAt: rows[0]?.made_at ?? undefined }
}

/** Uses a code up; false when it is none of theirs, or was used before. */
export async function spendRecoveryCode(tx: Write, staffId: string, code: string): Promise<boolean> {
  if (!lengths.includes(plain(code).length)) return false
  const used = await sql`
    update staff_recovery_code set used_at = ${tx.now}
     where municipality_id = ${tx.town} and staff_id = ${staffId} and code_hash = ${hashOf(tx.town, staffId, code)}
       and used_at is null`.execute(tx.q)
  return used.numAffectedRows === 1n
}
