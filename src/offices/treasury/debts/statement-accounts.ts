import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import { samePerson } from '../../people/index.ts'

/** An account as a statement names it. */
export type AccountFact = {
  id: string
  number: string
  kind: string
  source: 'own' | 'imported'
  asOf: Date | undefined
}

/** The accounts a person holds or has held, or owes something on, by number. */
export async function accountFacts(tx: Read, personId: string): Promise<AccountFact[]> {
  const own = samePerson(personId)
  const { rows } = await sql<{
    account_id: string
    number: string
    kind: string
    source: string
    as_of: Date | null
  }>`
    select a.account_id, a.number, a.kind, a.source, a.as_of from account a
     where a.municipality_id = ${tx.town} and a.account_id in (
       select account_id from account_holder where municipality_id = ${tx.town} and person_id = any(${own})
       union
       select account_id from charge where municipality_id = ${tx.town} and debtor_id = any(${own}))
     order by a.number`.execute(tx.q)
  return rows.map(row => ({
    id: row.account_id,
    number: row.number,
    kind: row.kind,
    source: row.source === 'own' ? 'own' : 'imported',
    asOf: row.as_of ?? undefined,
  }))
}
