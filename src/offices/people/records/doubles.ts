import { sql } from 'kysely'
import { searchTokens } from '../../../lib/arabic.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { indexPhone } from '../identity.ts'
import type { FoundPerson } from '../model.ts'
import type { Registration } from '../registration.ts'
import { type FoundRow, foundColumns, toFound } from '../search.ts'

/** Why somebody may be the person being entered. */
export type Likeness = 'mother' | 'birth-year' | 'phone'
export type ProbableDouble = FoundPerson & { because: Likeness[] }

type Row = FoundRow & { has_phone: boolean; id_index: Buffer | null }

/**
 * Who may be the person about to be entered: the same first and family name in any spelling, and the mother's name, the year of birth or
 * the telephone with it. Two who have numbers of their own count only where all of it agrees: towns are full of namesakes.
 */
export async function probableDoubles(
  tx: Read,
  crypto: Crypto,
  person: Registration,
  limit = 5,
): Promise<ProbableDouble[]> {
  const tokens = [...new Set([...searchTokens(person.name.first), ...searchTokens(person.name.family)])]
  if (tokens.length === 0) return []
  const having = tokens.map(
    token =>
      sql`p.person_id in (select person_id from person_token where municipality_id = ${tx.town} and token = ${token})`,
  )
  const phone = person.phone ? indexPhone({ tx, crypto }, person.phone) : null
  const { rows } = await sql<Row>`
    select ${foundColumns}, p.id_index,
           exists (select 1 from person_phone f where f.municipality_id = ${tx.town} and f.person_id = p.person_id
                      and f.phone_index = ${phone}::bytea and f.ended_at is null) as has_phone
      from person p
     where p.municipality_id = ${tx.town} and p.survivor_id is null and p.kind = ${person.kind} and ${sql.join(having, sql` and `)}
     order by p.sort_name collate "C", p.person_id limit 200`.execute(tx.q)
  return rows
    .map(row => ({ row, because: likenessOf(row, person) }))
    .filter(({ row, because }) => {
      const namesake = row.id_index !== null && person.idNumber !== undefined
      return namesake ? because.length >= (person.motherName && person.birthDate ? 2 : 1) : because.length > 0
    })
    .sort((a, b) => b.because.length - a.because.length)
    .slice(0, limit)
    .map(({ row, because }) => ({ ...toFound(tx, crypto, row), because }))
}

function likenessOf(row: Row, person: Registration): Likeness[] {
  const [mother] = searchTokens(person.motherName)
  const sameMother = mother !== undefined && searchTokens(row.mother_name).includes(mother)
  const sameYear =
    person.birthDate !== undefined && row.birth_date?.slice(0, 4) === person.birthDate.slice(0, 4)
  return [
    ...(sameMother ? (['mother'] as const) : []),
    ...(sameYear ? (['birth-year'] as const) : []),
    ...(row.has_phone ? (['phone'] as const) : []),
  ]
}
