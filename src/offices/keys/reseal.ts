import type pg from 'pg'
import type { Crypto } from '../../platform/crypto/index.ts'
import { type SealedColumn, sealedColumns, sealedSettings } from './columns.ts'

/** Fields sealed anew at a time: each a short transaction of its own. */
const batch = 500

export type Resealed = { resealed: number; unreadable: number }

type Owner = pg.Client
type Row = { id: string; sealed: Buffer; [key: string]: unknown }

/** The number of the key in the head of a sealed field (src/platform/crypto/crypto.ts), read in SQL. */
export const keyIn = (column: string): string => `get_byte(${column}, 1) * 256 + get_byte(${column}, 2)`
export const isSealed = (column: string): string =>
  `${column} is not null and length(${column}) > 30 and get_byte(${column}, 0) = 1`

/**
 * Seals a town's fields with the newest key that an earlier one sealed. Each is written only where it still is what was read, so that it may
 * be stopped anywhere, run beside whoever writes, and run again. What no key opens is counted and left as it is.
 */
export async function resealTown(
  client: Owner,
  crypto: Crypto,
  town: string,
  told: (column: SealedColumn, done: number) => void = () => {},
): Promise<Resealed> {
  const sum = { resealed: 0, unreadable: 0 }
  for (const column of sealedColumns) {
    const done = await resealColumn(client, crypto, town, column)
    sum.resealed += done.resealed
    sum.unreadable += done.unreadable
    if (done.resealed > 0) told(column, done.resealed)
  }
  sum.resealed += await resealSettings(client, crypto, town)
  return sum
}

async function resealColumn(
  client: Owner,
  crypto: Crypto,
  town: string,
  { table, column, purposes }: SealedColumn,
): Promise<Resealed> {
  const sum = { resealed: 0, unreadable: 0 }
  const key = await keyOf(client, table)
  let after: unknown[] = []
  for (;;) {
    const beyond = after.length > 0 ? `and (${key.names}) > (${key.places(3)})` : ''
    const { rows } = await client.query<Row>(
      `select ctid::text as id, ${column} as sealed, ${key.texts} from public.${table}
        where municipality_id = $1 and ${isSealed(column)} and ${keyIn(column)} <> $2 ${beyond}
        order by ${key.names} limit ${batch}`,
      [town, crypto.newestKey, ...after],
    )
    const last = rows.at(-1)
    if (!last) return sum
    after = key.columns.map(name => last[`k_${name}`])
    const anew = rows.flatMap(row => {
      const sealed = sealedAnew(crypto, town, purposes, row.sealed)
      return sealed ? [{ ...row, anew: sealed }] : []
    })
    sum.unreadable += rows.length - anew.length
    const written = await client.query(
      `update public.${table} t set ${column} = v.anew
         from unnest($1::tid[], $2::bytea[], $3::bytea[]) as v(id, was, anew)
        where t.ctid = v.id and t.municipality_id = $4 and t.${column} = v.was`,
      [anew.map(row => row.id), anew.map(row => row.sealed), anew.map(row => row.anew), town],
    )
    sum.resealed += written.rowCount ?? 0
  }
}

function sealedAnew(
  crypto: Crypto,
  town: string,
  purposes: readonly string[],
  sealed: Buffer,
): Buffer | undefined {
  for (const purpose of purposes) {
    try {
      return crypto.seal(town, purpose, crypto.open(town, purpose, sealed))
    } catch {
      // Of another purpose, or of a key that is nowhere.
    }
  }
  return undefined
}

/** The primary key of a table but for the town, which leads each: a batch begins where the one before ended. */
async function keyOf(client: Owner, table: string) {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
       from pg_index i cross join unnest(i.indkey) with ordinality k(num, place)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num
      where i.indrelid = $1::regclass and i.indisprimary and a.attname <> 'municipality_id' order by k.place`,
    [`public.${table}`],
  )
  const columns = rows.map(({ name }) => name)
  return {
    columns,
    names: columns.join(', '),
    texts: columns.map(name => `${name}::text as k_${name}`).join(', '),
    places: (first: number) => rows.map(({ type }, at) => `$${first + at}::text::${type}`).join(', '),
  }
}

/** What stands sealed inside a setting: the same value, sealed anew. */
async function resealSettings(client: Owner, crypto: Crypto, town: string): Promise<number> {
  let resealed = 0
  for (const { key, name, purpose } of sealedSettings) {
    const { rows } = await client.query<{ id: string; text: string }>(
      `select setting_id as id, value ->> $3 as text from public.setting
        where municipality_id = $1 and key = $2 and value ->> $3 is not null`,
      [town, key, name],
    )
    for (const { id, text } of rows) {
      const sealed = Buffer.from(text, 'base64')
      if (crypto.keyOf(sealed) === crypto.newestKey) continue
      const anew = sealedAnew(crypto, town, [purpose], sealed)
      if (!anew) continue
      const written = await client.query(
        `update public.setting set value = jsonb_set(value, array[$3], to_jsonb($4::text))
          where municipality_id = $1 and setting_id = $2 and value ->> $3 = $5`,
        [town, id, name, anew.toString('base64'), text],
      )
      resealed += written.rowCount ?? 0
    }
  }
  return resealed
}
