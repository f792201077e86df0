import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { indexId, indexPhone } from './identity.ts'
import type { IdKind } from './model.ts'

/** Somebody of the register who may be the one an earlier program names. */
export type Match = {
  personId: string
  displayName: string
  motherName: string
  birthDate: CalendarDate | undefined
  hasNumber: boolean
}

type Row = {
  sought: string
  person_id: string
  display_name: string
  mother_name: string
  birth_date: string | null
  has_number: boolean
}

const columns = sql`coalesce(p.survivor_id, p.person_id) as person_id, p.display_name, p.mother_name, p.birth_date,
  p.id_index is not null as has_number`

/** Who has these numbers, by `KIND:NUMBER`, as `Registration` keeps them; a record that was merged is told as the one that stands. */
export async function matchIdNumbers(
  tx: Read,
  crypto: Crypto,
  numbers: readonly { idKind: Exclude<IdKind, 'none'>; idNumber: string }[],
): Promise<Map<string, Match>> {
  const sought = new Map(
    numbers.map(each => [
      indexId({ tx, crypto }, each.idKind, each.idNumber).toString('hex'),
      `${each.idKind}:${each.idNumber}`,
    ]),
  )
  const { rows } = await sql<Row>`
    select encode(p.id_index, 'hex') as sought, ${columns} from person p
     where p.municipality_id = ${tx.town} and p.id_index is not null and p.id_index = any(array(
       select decode(x, 'hex') from unnest(${[...sought.keys()]}::text[]) x))`.execute(tx.q)
  return new Map(rows.map(row => [sought.get(row.sought) ?? '', toMatch(row)]))
}

/** Who uses these telephones now. */
export async function matchPhones(
  tx: Read,
  crypto: Crypto,
  phones: readonly string[],
): Promise<Map<string, Match[]>> {
  const sought = new Map(
    phones.map(each => [indexPhone({ tx, crypto }, each).toString('hex'), each] as const),
  )
  const { rows } = await sql<Row>`
    select encode(f.phone_index, 'hex') as sought, ${columns} from person_phone f
      join person p on p.municipality_id = f.municipality_id and p.person_id = f.person_id
     where f.municipality_id = ${tx.town} and f.ended_at is null and f.phone_index = any(array(
       select decode(x, 'hex') from unnest(${[...sought.keys()]}::text[]) x))`.execute(tx.q)
  return grouped(rows, row => sought.get(row.sought) ?? '')
}

/** Who has these names, compared as `normaliseForSearch` writes them. */
export async function matchNames(tx: Read, names: readonly string[]): Promise<Map<string, Match[]>> {
  const { rows } = await sql<Row>`
    select p.sort_name as sought, ${columns} from person p
     where p.municipality_id = ${tx.town} and p.sort_name collate "C" = any(${[...new Set(names)]}::text[])`.execute(
    tx.q,
  )
  return grouped(rows, row => row.sought)
}

function grouped(rows: readonly Row[], by: (row: Row) => string): Map<string, Match[]> {
  const groups = new Map<string, Match[]>()
  for (const row of rows) {
    const list = groups.get(by(row)) ?? []
    if (!list.some(each => each.personId === row.person_id)) list.push(toMatch(row))
    groups.set(by(row), list)
  }
  return groups
}

const toMatch = (row: Row): Match => ({
  personId: row.person_id,
  displayName: row.display_name,
  motherName: row.mother_name,
  birthDate: row.birth_date ?? undefined,
  hasNumber: row.has_number,
})
