import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'
import type { Finding } from './model.ts'
import { type Check, tillChecks } from './till/verify.ts'

const openOf = sql`(case when c.cancelled_at is null then c.amount_minor - c.settled_minor else 0 end)`

const checks: readonly Check[] = [
  ...tillChecks,
  {
    code: 'voucher-unbalanced',
    of: town => sql`
      select voucher_id::text as subject, jsonb_build_object('currency', currency, 'off', sum(amount_minor)) as details
        from voucher_line where municipality_id = ${town} group by voucher_id, currency having sum(amount_minor) <> 0`,
  },
  {
    code: 'voucher-empty',
    of: town => sql`
      select v.voucher_id::text as subject, '{}'::jsonb as details from voucher v
       where v.municipality_id = ${town} and not exists (
         select 1 from voucher_line l where l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id)`,
  },
  {
    // What a charge's row says is settled is what its receipts paid, less those taken back and cheques returned, and what settled it else.
    code: 'charge-settled-wrong',
    of: town => sql`
      select c.charge_id::text as subject, jsonb_build_object('settled', c.settled_minor, 'paid', coalesce(p.paid, 0)) as details
        from charge c left join (
          select charge_id, sum(minor) as paid from (
            select l.charge_id, l.amount_minor as minor from receipt_line l
              join receipt r on r.municipality_id = l.municipality_id and r.receipt_id = l.receipt_id and r.reversed_by is null
             where l.municipality_id = ${town} and l.charge_id is not null
            union all
            select charge_id, -amount_minor from cheque_return where municipality_id = ${town} and charge_id is not null
            union all
            select charge_id, amount_minor from charge_relief where municipality_id = ${town} and reversed_by is null) s
           group by charge_id) p on p.charge_id = c.charge_id
       where c.municipality_id = ${town} and c.settled_minor <> coalesce(p.paid, 0)`,
  },
  {
    // What the books hold as receivable on a charge is what is open of it.
    code: 'charge-books-differ',
    of: town => sql`
      select c.charge_id::text as subject,
             jsonb_build_object('open', ${openOf}, 'books', coalesce(b.books, 0)) as details
        from charge c left join (
          select charge_id, sum(amount_minor) as books from voucher_line
           where municipality_id = ${town} and account_id is not null and charge_id is not null group by charge_id) b on b.charge_id = c.charge_id
       where c.municipality_id = ${town} and ${openOf} <> coalesce(b.books, 0)`,
  },
  {
    code: 'account-balance-wrong',
    of: town => sql`
      select coalesce(b.account_id, o.account_id)::text as subject,
             jsonb_build_object('currency', coalesce(b.currency, o.currency), 'balance', coalesce(b.balance, 0), 'open', coalesce(o.open, 0)) as details
        from (select account_id, currency, sum(amount_minor) as balance from voucher_line
               where municipality_id = ${town} and account_id is not null group by account_id, currency) b
        full join (select account_id, currency, sum(minor) as open from (
                     select c.account_id, c.currency, ${openOf} as minor from charge c where c.municipality_id = ${town}
                     union all
                     select account_id, currency, used_minor - amount_minor from account_credit where municipality_id = ${town}) each
               group by account_id, currency) o
          on o.account_id = b.account_id and o.currency = b.currency
       where coalesce(b.balance, 0) <> coalesce(o.open, 0)`,
  },
  {
    code: 'receipt-number-missing',
    of: town => sql`
      select b.book || '-' || n.serial || '/' || b.year as subject, '{}'::jsonb as details
        from (select book, year, greatest(max(last), max(serial)) as last from (
                select book, year, serial, 0 as last from receipt where municipality_id = ${town} and not hand_written
                union all
                select substr(name, 9), year, 0, last from series
                 where municipality_id = ${town} and starts_with(name, 'receipt:')) s
               group by book, year) b
       cross join lateral generate_series(1, b.last) n(serial)
       where not exists (select 1 from receipt r
         where r.municipality_id = ${town} and r.book = b.book and r.year = b.year and r.serial = n.serial)`,
  },
  {
    code: 'receipt-number-doubled',
    of: town => sql`
      select book || '-' || serial || '/' || year as subject, jsonb_build_object('times', count(*)) as details
        from receipt where municipality_id = ${town} group by book, year, serial having count(*) > 1`,
  },
  {
    // The counter stands where the last receipt of its book and year is, or the next number is given twice.
    code: 'receipt-counter-behind',
    of: town => sql`
      select r.book || '/' || r.year as subject, jsonb_build_object('last', max(r.serial), 'counter', max(s.last)) as details
        from receipt r left join series s
          on s.municipality_id = r.municipality_id and s.name = 'receipt:' || r.book and s.year = r.year
       where r.municipality_id = ${town} and not r.hand_written group by r.book, r.year having max(r.serial) > coalesce(max(s.last), 0)`,
  },
  {
    // What lies in each ledger for a receipt is what was handed over of that kind, less the change.
    code: 'receipt-tender-wrong',
    of: town => sql`
      select r.receipt_id::text as subject, jsonb_build_object('ledger', x.ledger, 'currency', x.currency, 'off', x.off) as details
        from receipt r left join till_session s on s.municipality_id = r.municipality_id and s.session_id = r.session_id
       cross join lateral (
          select ledger, currency, sum(minor) as off from (
            select l.ledger, l.currency, l.amount_minor as minor from voucher_line l
             where l.municipality_id = r.municipality_id and l.voucher_id = r.voucher_id
               and (l.ledger = 'cheques' or split_part(l.ledger, ':', 1) in ('cash', 'card', 'wallet', 'bank', 'online'))
            union all
            select case k.tender->>'kind' when 'cheque' then 'cheques' when 'online' then 'online:' || r.book
                        else (k.tender->>'kind') || ':' || coalesce(s.book, r.book) end,
                   m.amount->>'currency', m.sign * (m.amount->>'minor')::bigint
              from jsonb_array_elements(r.tender->'tenders') k(tender)
             cross join lateral (
               select e as amount, -1 as sign from jsonb_array_elements(k.tender->'received') e
               union all
               select e, 1 from jsonb_array_elements(k.tender->'change') e
               union all
               select k.tender->'amount', -1 where k.tender ? 'amount') m) t
           group by ledger, currency having sum(minor) <> 0) x
       where r.municipality_id = ${town}`,
  },
  {
    code: 'counter-entry-wrong',
    of: town => sql`
      select v.voucher_id::text as subject, jsonb_build_object('reverses', v.reverses) as details
        from voucher v
       where v.municipality_id = ${town} and v.reverses is not null and exists (
         select 1 from voucher_line l
          where l.municipality_id = ${town} and l.voucher_id in (v.voucher_id, v.reverses)
          group by case when split_part(l.ledger, ':', 1) in ('cash', 'card', 'wallet', 'bank') then split_part(l.ledger, ':', 1)
                        else l.ledger end, l.account_id, l.charge_id, l.currency having sum(l.amount_minor) <> 0)`,
  },
  {
    // Nobody was given back more than was paid: what decisions let off and what others owe now was never paid.
    code: 'charge-returned-too-much',
    of: town => sql`
      select c.charge_id::text as subject, jsonb_build_object('settled', c.settled_minor, 'returned', b.minor) as details
        from charge c
        join (select charge_id, sum(amount_minor) as minor from charge_return where municipality_id = ${town} group by charge_id) b
          on b.charge_id = c.charge_id
        left join (select charge_id, sum(amount_minor) as minor from charge_relief
                    where municipality_id = ${town} and reversed_by is null and kind <> 'credit' group by charge_id) f
          on f.charge_id = c.charge_id
       where c.municipality_id = ${town} and b.minor > c.settled_minor - coalesce(f.minor, 0)`,
  },
  {
    // What a payment voucher says went out is what its voucher takes from the treasurer.
    code: 'payment-voucher-wrong',
    of: town => sql`
      select p.payment_id::text as subject, jsonb_build_object('amount', p.amount_minor, 'books', coalesce(sum(l.amount_minor), 0)) as details
        from payment_voucher p left join voucher_line l
          on l.municipality_id = p.municipality_id and l.voucher_id = p.voucher_id and l.currency = p.currency
             and l.ledger in ('treasury:bank', 'treasury:cash')
       where p.municipality_id = ${town} group by p.payment_id, p.amount_minor having coalesce(sum(l.amount_minor), 0) <> -p.amount_minor`,
  },
  {
    // A receipt is marked as taken back exactly where a counter-entry takes its voucher back.
    code: 'receipt-reversal-wrong',
    of: town => sql`
      select r.receipt_id::text as subject, jsonb_build_object('reversedBy', r.reversed_by, 'counterEntry', v.voucher_id) as details
        from receipt r left join voucher v on v.municipality_id = r.municipality_id and v.reverses = r.voucher_id
       where r.municipality_id = ${town} and r.reversed_by is distinct from v.voucher_id`,
  },
]

/** Recomputes the books of a town from their vouchers and receipts and tells what does not agree; nothing, when all is well. */
export async function verifyTreasury(tx: Read): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { code, of } of checks) {
    const { rows } = await of(tx.town).execute(tx.q)
    findings.push(...rows.map(row => ({ code, subject: row.subject, details: row.details })))
  }
  return findings
}
