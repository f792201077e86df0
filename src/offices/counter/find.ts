import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { toWesternDigits } from '../../lib/arabic.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { readCode } from '../certificates/index.ts'
import { type FoundPeople, findPeople } from '../people/index.ts'
import { findByNumber, type RequestLine, readRequestNumber, requestVisible } from '../requests/index.ts'
import { findReceiptByNumber, readAccountNumber } from '../treasury/index.ts'

/** A certificate by its number or code, with the request it came of. */
export type FoundCertificate = { requestId: string; number: string; name: string }
export type FoundReceipt = { id: string; number: string; payer: string }
/** An account or subscription with who holds it today. */
export type FoundHolding = {
  kind: 'account' | 'electricity' | 'water'
  number: string
  detail: string
  personId: string
  name: string
}

export type FoundAtCounter = {
  people: FoundPeople
  requests: RequestLine[]
  certificates: FoundCertificate[]
  receipts: FoundReceipt[]
  holdings: FoundHolding[]
}

const nobody: FoundPeople = { by: 'nothing', people: [], more: false }

/**
 * The one box of the counter: people by name in any spelling, number or telephone; requests, certificates, receipts, accounts and
 * subscriptions by their numbers. What a text can be is told from its shape, so that a name asks for people alone.
 */
export async function findAtCounter(
  tx: Read,
  crypto: Crypto,
  actor: Actor,
  text: string,
): Promise<FoundAtCounter> {
  const typed = toWesternDigits(text).trim()
  const numbered = readRequestNumber(typed)
  const receipt = await findReceiptByNumber(tx, typed, actor)
  const isPerson = typed !== '' && !numbered && !receipt
  const [people, request, certificates, holdings] = await Promise.all([
    isPerson ? findPeople(tx, crypto, text) : nobody,
    numbered && findByNumber(tx, actor, numbered.number, numbered.year),
    certificatesBy(tx, actor, typed),
    isPerson ? holdingsBy(tx, typed) : [],
  ])
  return {
    people,
    certificates,
    holdings,
    requests: request ? [request] : [],
    receipts: receipt ? [{ id: receipt.id, number: receipt.number, payer: receipt.payer.name }] : [],
  }
}

/** Everything found, as one number. */
export const foundCount = (found: FoundAtCounter): number =>
  found.people.people.length +
  found.requests.length +
  found.certificates.length +
  found.receipts.length +
  found.holdings.length

async function certificatesBy(tx: Read, actor: Actor, typed: string): Promise<FoundCertificate[]> {
  const numbered = readRequestNumber(typed)
  const code = readCode(typed)
  if (!numbered && !code) return []
  const which = numbered
    ? sql`c.year = ${numbered.year} and c.number = ${numbered.number}`
    : sql`c.code = ${code}`
  const { rows } = await sql<{ request_id: string; number: number; year: number; display_name: string }>`
    select c.request_id, c.number, c.year, s.display_name
      from certificate c
      join request r on r.municipality_id = c.municipality_id and r.request_id = c.request_id
      join person s on s.municipality_id = c.municipality_id and s.person_id = c.person_id
     where c.municipality_id = ${tx.town} and ${which} and ${requestVisible(actor, 'certificate.read')}`.execute(
    tx.q,
  )
  return rows.map(row => ({
    requestId: row.request_id,
    number: `${row.number}/${row.year}`,
    name: row.display_name,
  }))
}

type HoldingRow = {
  kind: FoundHolding['kind']
  number: string
  detail: string
  person_id: string
  name: string
}

/** An account by its number, a subscription by its number or that of its meter; with every holder of today. */
async function holdingsBy(tx: Read, typed: string): Promise<FoundHolding[]> {
  const account = readAccountNumber(typed)
  const number = typed.replace(/\s/g, '')
  const isMeter = /^[A-Za-z0-9-]{3,20}$/.test(number) && /\d/.test(number)
  if (!account && !isMeter) return []
  const held = sql`h.valid_until is null or h.valid_until > (${tx.now}::timestamptz at time zone m.time_zone)::date`
  const { rows } = await sql<HoldingRow>`
    select distinct f.kind, f.number, f.detail, coalesce(p.survivor_id, p.person_id) as person_id, p.display_name as name
      from (
        select 'account' as kind, a.number, a.kind as detail, h.person_id
          from account a
          join municipality m on m.municipality_id = a.municipality_id
          join account_holder h on h.municipality_id = a.municipality_id and h.account_id = a.account_id and (${held})
         where a.municipality_id = ${tx.town} and a.number = ${account ?? ''}
        union all
        select u.utility, u.number, u.meter_number, h.person_id
          from (select * from subscription
                 where municipality_id = ${tx.town} and utility = any(${['electricity', 'water']}::text[]) and number = ${number}
                union select * from subscription where municipality_id = ${tx.town} and meter_number = ${number}) u
          join municipality m on m.municipality_id = u.municipality_id
          join subscription_holder h
            on h.municipality_id = u.municipality_id and h.subscription_id = u.subscription_id and (${held})) f
      join person p on p.municipality_id = ${tx.town} and p.person_id = f.person_id
     order by f.kind, f.number, p.display_name limit 20`.execute(tx.q)
  return rows.map(({ person_id: personId, ...row }) => ({ ...row, personId }))
}
