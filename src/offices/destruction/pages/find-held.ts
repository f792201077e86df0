import { sql } from 'kysely'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { isId } from '../../../lib/ids.ts'
import type { Locale } from '../../../lib/localized.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { findPersonByIdNumber } from '../../people/index.ts'
import type { HeldKind } from '../holds.ts'
import { destructionText } from '../strings.ts'

export type Subject = { id: string; label: string }

/** What somebody wants held, by the number they typed; its label names nobody. */
export async function findHeld(
  tx: Read,
  crypto: Crypto,
  kind: HeldKind,
  typed: string,
  locale: Locale,
): Promise<Subject | undefined> {
  const text = toWesternDigits(typed).trim()
  // Whoever holds something reads nothing of it: only that there is one under this number.
  const house = tx.asHouse('a thing is held by its number, and nothing of it is shown')
  if (kind === 'person') {
    const person = await findPersonByIdNumber(house, crypto, text)
    return (
      person && {
        id: person.id,
        label: destructionText(locale, 'hold-label-person', { end: text.slice(-3) }),
      }
    )
  }
  if (kind === 'request') {
    const [, number = '', year = ''] = /^(\d{1,9})\s*\/\s*(\d{4})$/.exec(text) ?? []
    if (number === '') return undefined
    const { rows } = await sql<{ id: string }>`select request_id as id from request
      where municipality_id = ${tx.town} and year = ${Number(year)} and number = ${Number(number)}`.execute(
      house.q,
    )
    return rows[0] && { id: rows[0].id, label: `${number}/${year}` }
  }
  const id = text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i)?.[0]
  if (!id || !isId(id)) return undefined
  const { rows } = await sql<{ id: string; kind: string }>`select document_id as id, kind from document
    where municipality_id = ${tx.town} and document_id = ${id} and destroyed_at is null`.execute(house.q)
  return rows[0] && { id, label: destructionText(locale, 'hold-label-paper', { kind: rows[0].kind }) }
}
