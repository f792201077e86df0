import { type RawBuilder, sql } from 'kysely'
import type { Finding } from '../model.ts'

/** A rule of the books as a query: the rows it gives are what is wrong. */
export type Check = {
  code: string
  of: (town: string) => RawBuilder<{ subject: string; details: Finding['details'] }>
}

/** The kinds whose ledgers are of a till. */
const inDrawer = sql`split_part(l.ledger, ':', 1) in ('cash', 'card', 'wallet', 'bank')`

/** What a drawer held by the books when its session was counted, handed over, or now. */
const drawers = (town: string) => sql`
  select v.session_id, split_part(l.ledger, ':', 1) as tender, l.currency, sum(l.amount_minor) as held,
         sum(l.amount_minor) filter (where v.kind <> 'hand-over') as kept
    from voucher v join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
   where v.municipality_id = ${town} and v.session_id is not null and ${inDrawer}
   group by v.session_id, split_part(l.ledger, ':', 1), l.currency`

const counted = (town: string) => sql`
  select s.session_id, e->>'tender' as tender, e->>'currency' as currency, sum((e->>'minor')::bigint) as counted
    from till_session s cross join lateral jsonb_array_elements(s.counted) e
   where s.municipality_id = ${town} and s.closed_at is not null and e->>'tender' <> 'cheque'
   group by s.session_id, e->>'tender', e->>'currency'`

/** The rules of tills, cheques and credits. */
export const tillChecks: readonly Check[] = [
  {
    // What came over a counter lies in the drawer of a session, and what came in online in none.
    code: 'receipt-session-wrong',
    of: town => sql`
      select r.receipt_id::text as subject, jsonb_build_object('session', r.session_id) as details
        from receipt r join voucher v on v.municipality_id = r.municipality_id and v.voucher_id = r.voucher_id
       where r.municipality_id = ${town} and (v.session_id is distinct from r.session_id
          or exists (select 1 from jsonb_array_elements(r.tender->'tenders') e
                      where (e->>'kind' = 'online') <> (r.session_id is null)))`,
  },
  {
    // Float, receipts, what was taken back and the difference of the count: together what was counted.
    code: 'session-count-wrong',
    of: town => sql`
      select s.session_id::text as subject,
             jsonb_build_object('tender', coalesce(d.tender, c.tender), 'currency', coalesce(d.currency, c.currency),
                                'books', coalesce(d.kept, 0), 'counted', coalesce(c.counted, 0)) as details
        from (${drawers(town)}) d
        full join (${counted(town)}) c on c.session_id = d.session_id and c.tender = d.tender and c.currency = d.currency
        join till_session s on s.municipality_id = ${town} and s.session_id = coalesce(d.session_id, c.session_id)
       where s.closed_at is not null and coalesce(d.kept, 0) <> coalesce(c.counted, 0)`,
  },
  {
    // A drawer that was handed over is empty.
    code: 'session-not-emptied',
    of: town => sql`
      select s.session_id::text as subject, jsonb_build_object('tender', d.tender, 'currency', d.currency, 'left', d.held) as details
        from (${drawers(town)}) d join till_session s on s.municipality_id = ${town} and s.session_id = d.session_id
       where s.handed_at is not null and d.held <> 0`,
  },
  {
    // A session's money is what its receipts brought and its counter-entries took back.
    code: 'session-receipts-differ',
    of: town => sql`
      select coalesce(b.session_id, t.session_id)::text as subject,
             jsonb_build_object('tender', coalesce(b.tender, t.tender), 'currency', coalesce(b.currency, t.currency),
                                'books', coalesce(b.minor, 0), 'receipts', coalesce(t.minor, 0)) as details
        from (select v.session_id, split_part(l.ledger, ':', 1) as tender, l.currency, sum(l.amount_minor) as minor
                from voucher v join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
               where v.municipality_id = ${town} and v.kind = 'receipt' and v.session_id is not null and ${inDrawer}
               group by v.session_id, split_part(l.ledger, ':', 1), l.currency) b
        full join (select r.session_id, k.tender->>'kind' as tender, m.amount->>'currency' as currency,
                          sum(m.sign * (m.amount->>'minor')::bigint) as minor
                     from receipt r cross join lateral jsonb_array_elements(r.tender->'tenders') k(tender)
                    cross join lateral (
                      select e as amount, 1 as sign from jsonb_array_elements(k.tender->'received') e
                      union all
                      select e, -1 from jsonb_array_elements(k.tender->'change') e
                      union all
                      select k.tender->'amount', 1 where k.tender ? 'amount') m
                    where r.municipality_id = ${town} and r.session_id is not null and k.tender->>'kind' <> 'cheque'
                    group by r.session_id, k.tender->>'kind', m.amount->>'currency') t
          on t.session_id = b.session_id and t.tender = b.tender and t.currency = b.currency
       where coalesce(b.minor, 0) <> coalesce(t.minor, 0)`,
  },
  {
    // The ledger of cheques is what lies uncleared.
    code: 'cheques-differ',
    of: town => sql`
      select coalesce(b.currency, h.currency) as subject,
             jsonb_build_object('books', coalesce(b.minor, 0), 'held', coalesce(h.minor, 0)) as details
        from (select currency, sum(amount_minor) as minor from voucher_line
               where municipality_id = ${town} and ledger = 'cheques' group by currency) b
        full join (select currency, sum(amount_minor) as minor from cheque
               where municipality_id = ${town} and state = 'held' group by currency) h on h.currency = b.currency
       where coalesce(b.minor, 0) <> coalesce(h.minor, 0)`,
  },
  {
    // Money on account is owed back by the town until a charge takes it.
    code: 'credits-differ',
    of: town => sql`
      select coalesce(b.account_id, k.account_id)::text as subject,
             jsonb_build_object('currency', coalesce(b.currency, k.currency), 'books', coalesce(b.minor, 0), 'free', coalesce(k.free, 0)) as details
        from (select account_id, currency, -sum(amount_minor) as minor from voucher_line
               where municipality_id = ${town} and starts_with(ledger, 'advance:') group by account_id, currency) b
        full join (select account_id, currency, sum(amount_minor - used_minor) as free from account_credit
               where municipality_id = ${town} group by account_id, currency) k on k.account_id = b.account_id and k.currency = b.currency
       where coalesce(b.minor, 0) <> coalesce(k.free, 0)`,
  },
]
