import { sql } from 'kysely'
import type { CitizenLevel } from '../../../kernel/access/index.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { idCandidates, indexPhone } from '../identity.ts'

/** A citizen's log-in. `failures` and `locked_until` are those of strangers; browsers that are known for them keep their own. */
export type LoginRow = {
  person_id: string
  pin_hash: string
  locked_until: Date | null
  failures: number
  must_change: boolean
  level: CitizenLevel
  set_at: Date
}

const columns = sql.raw(
  'l.person_id, l.pin_hash, l.locked_until, l.failures, l.must_change, l.level, l.set_at',
)

/**
 * The log-in somebody names: by the number of whoever was seen at the counter, else by the telephone under which they registered
 * themselves. What somebody only says of a number finds nothing: it may be another's.
 */
export async function findLogin(
  tx: Read,
  { crypto }: Pick<House, 'crypto'>,
  typed: string,
): Promise<LoginRow | undefined> {
  const text = typed.slice(0, 60)
  const candidates = idCandidates({ tx, crypto }, text)
  const phone = parsePhone(text)
  const index = phone.ok ? indexPhone({ tx, crypto }, phone.value.e164) : Buffer.alloc(0)
  const found = await sql<LoginRow>`
    select ${columns} from (
      select l.*, array_position(${candidates}::bytea[], p.id_index) as place
        from person p
        join citizen_login l on l.municipality_id = p.municipality_id and l.person_id = p.person_id
       where p.municipality_id = ${tx.town} and p.id_index = any(${candidates}::bytea[]) and p.survivor_id is null
      union all
      select l.*, 99 from citizen_login l
        join person p on p.municipality_id = l.municipality_id and p.person_id = l.person_id and p.survivor_id is null
       where l.municipality_id = ${tx.town} and l.phone_index = ${index}) l
     order by l.place limit 1`.execute(tx.q)
  return found.rows[0]
}

/** The row as it stands now, held until the end: guesses sent side by side are counted one after another. */
export async function lockLogin(tx: Write, personId: string): Promise<LoginRow | undefined> {
  const found = await sql<LoginRow>`
    select ${columns} from citizen_login l
     where l.municipality_id = ${tx.town} and l.person_id = ${personId} for update`.execute(tx.q)
  return found.rows[0]
}

/** Counts a failure of the browser that is known, else of strangers. For an unknown number the same statement runs and finds nobody. */
export async function countFailure(
  tx: Write,
  personId: string,
  deviceId: string | undefined,
  failures: number,
  until: Date | null,
): Promise<void> {
  if (deviceId !== undefined) {
    await sql`update citizen_device set failures = ${failures}, locked_until = ${until}
               where municipality_id = ${tx.town} and device_id = ${deviceId}`.execute(tx.q)
    return
  }
  await sql`update citizen_login set failures = ${failures}, locked_until = ${until}
             where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
}

/** The count begins anew where somebody got in: at their own browser, or among strangers. */
export async function forgiveFailures(
  tx: Write,
  personId: string,
  deviceId: string | undefined,
): Promise<void> {
  await countFailure(tx, personId, deviceId, 0, null)
}
