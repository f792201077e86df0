import { sql } from 'kysely'
import { type Currency, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { DrawerKind, Figure } from './model.ts'

/**
 * What should lie in a session's drawer by the books, by kind and currency: the float, what its receipts brought, less what was taken
 * back. Cheques are those of its receipts that were not given back. `before-closing` is what was expected when it was counted.
 */
export async function expectedOf(tx: Read, sessionId: string, when?: 'before-closing'): Promise<Figure[]> {
  const kinds = when ? sql`and v.kind not in ('closing', 'hand-over')` : sql``
  const found = await sql<{ tender: DrawerKind; currency: Currency; minor: string }>`
    select split_part(l.ledger, ':', 1) as tender, l.currency, sum(l.amount_minor)::text as minor
      from voucher v join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
     where v.municipality_id = ${tx.town} and v.session_id = ${sessionId}
       ${kinds} and split_part(l.ledger, ':', 1) in ('cash', 'card', 'wallet', 'bank')
     group by split_part(l.ledger, ':', 1), l.currency having sum(l.amount_minor) <> 0
    union all
    select 'cheque', c.currency, sum(c.amount_minor)::text
      from receipt r join cheque c on c.municipality_id = r.municipality_id and c.receipt_id = r.receipt_id
     where r.municipality_id = ${tx.town} and r.session_id = ${sessionId} and c.state <> 'void'
     group by c.currency`.execute(tx.q)
  return found.rows.map(({ tender, currency, minor }) => ({ tender, amount: money(Number(minor), currency) }))
}
