-- Whoever reaches a charge through its request (who filed it, a party, an agent) reads which account it stands on: its row alone. What else
-- stands on that account stays its holder's; hence not within reaches_account(), which opens charges and vouchers too.
create function reaches_account_by_charge(p_account uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 500 as $$
declare
  town uuid := public.current_town();
begin
  if p_account is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  return exists (select from public.charge c where c.municipality_id = town and c.account_id = p_account
                    and c.request_id is not null and public.reaches_request(c.request_id));
end $$;

drop policy reach on account;
call reach('account', 'money', by_rule => 'reaches_account(account_id) or reaches_account_by_charge(account_id)');
