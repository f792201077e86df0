-- A citizen who only says who they are reaches their requests and what hangs on them. What else is theirs (debts, receipts, accounts, who looked,
-- copies of their data) waits until they have shown it at the counter: app.reach_unproven says that they have not.

create function reach_unproven() returns boolean
  language plpgsql stable parallel safe as $$
begin
  return current_setting('app.reach', true) = 'actor' and coalesce(current_setting('app.reach_unproven', true), '') <> '';
end $$;

-- Right after `call reach(…)`: nothing of the table to whoever has not proved who they are, but by a request they reach, or by SQL over the row.
create procedure proven(target regclass, by_request text default null, by_rule text default null)
  language plpgsql as $$
declare
  ways text[] := array['not (select reach_unproven())'];
begin
  if by_request is not null then
    ways := ways || format('reaches_request(%I)', by_request);
  end if;
  if by_rule is not null then
    ways := ways || format('(%s)', by_rule);
  end if;
  execute format('create policy proven on %s as restrictive using (%s) with check (true)', target, array_to_string(ways, ' or '));
end $$;

-- money; what is reached with a row of these alone (lines, cheques, instalments) follows it
call proven('account', by_rule => 'reaches_account_by_charge(account_id)');
call proven('account_holder', by_rule => 'reaches_account_by_charge(account_id)');
call proven('account_credit');
call proven('voucher', by_request => 'request_id');
call proven('voucher_line', by_rule =>
  '(select true from voucher v where v.municipality_id = voucher_line.municipality_id and v.voucher_id = voucher_line.voucher_id limit 1)');
call proven('charge', by_request => 'request_id');
call proven('receipt', by_request => 'request_id');
call proven('dues_exception', by_request => 'request_id');
call proven('exemption');
call proven('debt_transfer');
call proven('instalment_plan');
call proven('payment_intent', by_request => 'request_id');
call proven('payment_voucher', by_request => 'request_id');

-- who looked, and copies of all there is
call proven('audit');
call proven('look');
call proven('look_grant');
call proven('look_question');
call proven('look_presence');
call proven('data_copy');
