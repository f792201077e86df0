import { sql } from 'kysely'
import type { Localized } from '../../../lib/localized.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookRules } from '../../looks/index.ts'
import { officesOf } from '../../people/index.ts'

/** Whom and what a copy names, and what opens its sealed fields. */
export type Names = {
  timeZone: string
  /** Whether this is a record of the person themselves. */
  isSelf(personId: string): boolean
  /** Somebody of the staff, by post or by name as the town's rule says. */
  staff(id: string): Localized | undefined
  /** A partner institution, which is nobody's person. */
  partner(id: string): string | undefined
  office(code: string): Localized | undefined
  service(code: string): Localized | undefined
  /** Undefined where its key is not in the secret file. */
  open(purposes: readonly string[], sealed: Buffer): string | undefined
}

/** Everything a copy of this person names by an id, read once. */
export async function namesFor(
  tx: Read,
  crypto: Crypto,
  ids: readonly string[],
  timeZone: string,
): Promise<Names> {
  const self = new Set(ids)
  const { name: rule } = await lookRules(tx)
  const { rows } = await sql<{
    id: string
    name_ar: string
    name_en: string
    title_ar: string
    title_en: string
  }>`
    select staff_id as id, name_ar, name_en, title_ar, title_en from staff where municipality_id = ${tx.town}`.execute(
    tx.q,
  )
  const staff = new Map(
    rows.map(row => [
      row.id,
      rule === 'name' ? both(row.name_ar, row.name_en) : both(row.title_ar, row.title_en),
    ]),
  )
  const offices = new Map((await officesOf(tx)).map(each => [each.code, each.name]))
  const keys = await sql<{ id: string; name: string }>`
    select key_id as id, name from api_key where municipality_id = ${tx.town}`.execute(tx.q)
  const partners = new Map(keys.rows.map(row => [row.id, row.name]))
  const catalogue = await catalogueOf(tx)
  return {
    timeZone,
    isSelf: id => self.has(id),
    staff: id => staff.get(id),
    partner: id => partners.get(id),
    office: code => offices.get(code),
    service: code => catalogue.find(code)?.service.definition.name,
    open: (purposes, sealed) => opened(crypto, tx.town, purposes, sealed),
  }
}

const both = (ar: string, en: string): Localized => ({ ar, en: en || ar })

function opened(
  crypto: Crypto,
  town: string,
  purposes: readonly string[],
  sealed: Buffer,
): string | undefined {
  for (const purpose of purposes) {
    try {
      return crypto.open(town, purpose, sealed)
    } catch {
      // Sealed for the next purpose, or by a key that is not there.
    }
  }
  return undefined
}
