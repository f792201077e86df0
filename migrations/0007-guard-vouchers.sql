-- The balance of a voucher is judged on all of its lines: under the app role a transaction that unset its town before the end would have
-- shown the judge none of them.
alter function refuse_unbalanced_voucher() security definer set search_path = public, pg_temp;

-- The first sheet printed at the till is the receipt; every later one says «نسخة».
alter table receipt add column printed_at timestamptz;
grant update (printed_at) on receipt to shubbak_app;
