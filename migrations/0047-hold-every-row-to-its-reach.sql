-- The second wall. A transaction says how far whoever asks reaches (app.reach), in the statement that sets the town; the rows that hold
-- people's data show themselves within that reach and to nobody else, whatever a statement forgot. Unset is nothing. 'house' is the
-- program itself: jobs, commands, and what an act sets in motion. 'actor' is somebody at the door, with
--   app.reach_town    families of tables reached in the whole town, '{people,money}'
--   app.reach_own     the persons whose own rows are reached, app.reach_party those whose requests are reached where they are a party
--   app.reach_principals with app.reach_services: for whom somebody acts, in requests of these services alone
--   app.reach_partner the key of a partner institution, whose filings are reached
--   app.reach_staff   who of the staff asks: their own drafts and visits; rows closed to them are not reached
--   app.reach_closed  the requests closed to them, asked as the reach is set
--   app.reach_task    offices by whose open tasks, app.reach_offices by whose past or present tasks, requests are reached

create function reach_town(family text) returns boolean
  language sql stable parallel safe
  return case current_setting('app.reach', true)
           when 'house' then true
           when 'actor' then coalesce(family = any (nullif(current_setting('app.reach_town', true), '')::text[]), false)
           else false
         end;

create function reach_own() returns uuid[]
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_own', true), '')::uuid[] end;

create function reach_party() returns uuid[]
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_party', true), '')::uuid[] end;

create function reach_principals() returns uuid[]
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_principals', true), '')::uuid[] end;

create function reach_services() returns text[]
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_services', true), '')::text[] end;

create function reach_partner() returns text
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_partner', true), '') end;

create function reach_staff() returns uuid
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_staff', true), '')::uuid end;

create function reach_offices() returns text[]
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_offices', true), '')::text[] end;

create function reach_task() returns text[]
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_task', true), '')::text[] end;

-- Whoever the row was added by, as such columns say it.
create function reach_writer() returns text
  language sql stable parallel safe
  return case current_setting('app.reach', true) when 'actor' then coalesce(
    nullif(current_setting('app.reach_staff', true), ''), nullif(current_setting('app.reach_partner', true), '')) end;

-- Whether requests are reached otherwise than by offices they are or were with: what the policies ask a function for.
create function reach_beyond() returns boolean
  language sql stable parallel safe
  return current_setting('app.reach', true) = 'actor'
     and coalesce(reach_task()::text, reach_party()::text, reach_own()::text, reach_services()::text, reach_partner()) is not null;

-- What follows asks of rows behind the wall itself, hence as their owner; each holds to the town.

-- Requests closed to somebody of the staff: asked once, when the reach is set.
create function closed_to(p_staff uuid) returns uuid[]
  language sql stable parallel safe security definer
  begin atomic
    select coalesce(array_agg(x.request_id), '{}') from request_closed x where x.municipality_id = current_town() and x.staff_id = p_staff;
  end;

-- Requests closed to whoever asks; an empty list for everybody else.
create function reach_closed() returns uuid[]
  language sql stable parallel safe
  return coalesce(nullif(current_setting('app.reach_closed', true), '')::uuid[], '{}');

create function reaches_request(p_request uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 200 as $$
declare
  town uuid := public.current_town();
  me uuid;
  mine uuid[];
  offices text[];
  partner text;
begin
  if p_request is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  me := public.reach_staff();
  if me is not null then
    if exists (select from public.request_closed x where x.municipality_id = town and x.staff_id = me and x.request_id = p_request) then
      return false;
    end if;
    offices := public.reach_offices();
    if offices is not null and exists (select from public.request_office o where o.municipality_id = town and o.request_id = p_request
         and o.office_code = any (offices)) then
      return true;
    end if;
    offices := public.reach_task();
    return offices is not null and exists (select from public.task t where t.municipality_id = town and t.request_id = p_request
      and t.closed_at is null and t.office_code = any (offices));
  end if;
  mine := public.reach_own();
  if mine is not null and exists (select from public.request r where r.municipality_id = town and r.request_id = p_request
       and r.applicant_id = any (mine)) then
    return true;
  end if;
  mine := public.reach_party();
  if mine is not null and exists (select from public.request_party p where p.municipality_id = town and p.request_id = p_request
       and p.person_id = any (mine) and p.ended_at is null and p.capacity <> 'collector') then
    return true;
  end if;
  mine := public.reach_principals();
  if mine is not null and exists (select from public.request r where r.municipality_id = town and r.request_id = p_request
       and r.applicant_id = any (mine) and r.service_code = any (public.reach_services())) then
    return true;
  end if;
  partner := public.reach_partner();
  return partner is not null and exists (select from public.request r where r.municipality_id = town and r.request_id = p_request
    and r.filed_by_kind = 'partner' and r.filed_by = partner);
end $$;

-- A person is reached by the requests they apply for or are a party to. Merged records are one person.
create function reaches_person(p_person uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 300 as $$
declare
  town uuid := public.current_town();
  me uuid := public.reach_staff();
  offices text[] := public.reach_offices();
  who uuid[];
begin
  if p_person is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  -- What is asked most, in one look: who applied for something that is or was with the office.
  if offices is not null and exists (
       select from public.request r
         join public.request_office o on o.municipality_id = town and o.request_id = r.request_id and o.office_code = any (offices)
        where r.municipality_id = town and r.applicant_id = p_person
          and not exists (select from public.request_closed x where x.municipality_id = town and x.staff_id = me and x.request_id = r.request_id)) then
    return true;
  end if;
  if offices is null and not public.reach_beyond() then
    return false;
  end if;
  who := public.same_person(p_person);
  return exists (select from public.request r where r.municipality_id = town and r.applicant_id = any (who)
                    and public.reaches_request(r.request_id))
      or exists (select from public.request_party p where p.municipality_id = town and p.person_id = any (who)
                    and public.reaches_request(p.request_id));
end $$;

-- A document is reached through the requests it was brought to, written for or signed in.
create function reaches_document(p_document uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 300 as $$
declare
  town uuid := public.current_town();
begin
  if p_document is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  return exists (select from public.request_paper d where d.municipality_id = town and d.document_id = p_document
                    and public.reaches_request(d.request_id))
      or exists (select from public.certificate d where d.municipality_id = town and d.document_id = p_document
                    and public.reaches_request(d.request_id))
      or exists (select from public.hand_signing d where d.municipality_id = town and d.scan_document_id = p_document
                    and public.reaches_request(d.request_id))
      or exists (select from public.letter d where d.municipality_id = town and d.document_id = p_document
                    and public.reaches_request(d.request_id));
end $$;

-- Whether a document belongs to a request that is closed to whoever asks.
create function closes_document(p_document uuid, p_closed uuid[]) returns boolean
  language sql stable parallel safe security definer
  begin atomic
    select p_closed <> '{}' and exists (select from request_paper d
      where d.municipality_id = current_town() and d.document_id = p_document and d.request_id = any (p_closed));
  end;

-- An account is reached through whoever holds it.
create function reaches_account(p_account uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 300 as $$
declare
  town uuid := public.current_town();
begin
  if p_account is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  return exists (select from public.account_holder h where h.municipality_id = town and h.account_id = p_account
                    and (h.person_id = any (public.reach_own()) or (public.reach_staff() is not null and public.reaches_person(h.person_id))));
end $$;

-- A voucher is reached through an account in one of its lines.
create function reaches_voucher(p_voucher uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 400 as $$
declare
  town uuid := public.current_town();
begin
  if p_voucher is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  return exists (select from public.voucher_line l where l.municipality_id = town and l.voucher_id = p_voucher
                    and l.account_id is not null and public.reaches_account(l.account_id));
end $$;

-- A receipt is reached by whoever paid it, and by whose debt it paid.
create function reaches_receipt(p_receipt uuid) returns boolean
  language plpgsql stable parallel safe security definer cost 400 as $$
declare
  town uuid := public.current_town();
  mine uuid[];
begin
  if p_receipt is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  mine := public.reach_own();
  return exists (select from public.receipt_line l join public.charge c on c.municipality_id = town and c.charge_id = l.charge_id
                  where l.municipality_id = town and l.receipt_id = p_receipt
                    and (c.debtor_id = any (mine) or public.reaches_account(c.account_id)));
end $$;

-- Complaints about whoever asks are hidden from them whatever they are.
create function reach_accused() returns uuid[]
  language plpgsql stable parallel safe security definer as $$
declare
  me uuid := public.reach_staff();
begin
  if me is null then
    return '{}';
  end if;
  return coalesce((select array_agg(s.complaint_id) from public.complaint_subject s
                    where s.municipality_id = public.current_town() and s.staff_id = me), '{}');
end $$;

-- Ids only, and asked while the reach is being set.
alter function same_person(uuid) security definer;

-- Gives a table its reach in one call: `family` says which reach of the whole town opens it, the rest which columns lead to somebody. A row
-- without any of them belongs to the town. `by_parent` is a table with a reach of its own whose key this table carries; `by_rule` is SQL over the row.
create procedure reach(target regclass, family text, by_person text default null, by_request text default null, by_parent text default null,
                       by_rule text default null)
  language plpgsql as $$
declare
  open text := format('(select reach_town(%L))', family);
  ways text[] := '{}';
  parent_key text;
begin
  if by_request is not null and family not in ('money', 'visits') then
    open := format('(%s and (%I is null or %I <> all ((select reach_closed())::uuid[])))', open, by_request, by_request);
  end if;
  -- The cheapest first: what only compares columns.
  if by_rule is not null and by_rule not like '%reaches_%' then
    ways := ways || format('(%s)', by_rule);
  end if;
  if by_person is not null then
    ways := ways || format('%I = any ((select reach_own())::uuid[])', by_person);
    -- An office reads the record and the dues of whoever it has a request of; what else they have with the town is not its business.
    if family in ('people', 'money') then
      ways := ways || format('((select reach_staff()) is not null and reaches_person(%I))', by_person);
    end if;
  end if;
  if by_request is not null then
    if target::text in ('task', 'request_office') then
      ways := ways || format('reaches_request(%I)', by_request);
    else
      -- An office's own requests are the lists of every day: asked in line, as often as there are rows.
      ways := ways || format('((select reach_offices()) is not null and %2$I <> all ((select reach_closed())::uuid[]) and (select true
        from request_office o where o.municipality_id = %1$s.municipality_id and o.request_id = %1$s.%2$I
         and o.office_code = any ((select reach_offices())::text[]) limit 1))', target, by_request);
      ways := ways || format('((select reach_beyond()) and reaches_request(%I))', by_request);
    end if;
  end if;
  if by_parent is not null then
    select a.attname into parent_key from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[1]
     where i.indrelid = by_parent::regclass and i.indisprimary;
    ways := ways || format('(select true from %s parent where parent.municipality_id = %s.municipality_id and parent.%I = %s.%I limit 1)',
                           by_parent, target, parent_key, target, parent_key);
  end if;
  if by_rule like '%reaches_%' then
    ways := ways || format('(%s)', by_rule);
  end if;
  execute format('create policy reach on %s as restrictive using (%s) with check (true)', target,
                 array_to_string(open || ways, ' or '));
end $$;

-- The two that are met most: what hangs on a request, and what is somebody's.
create procedure reach_by_request(target regclass) language plpgsql as $$
begin
  call reach(target, 'requests', by_request => 'request_id');
end $$;

create procedure reach_by_person(target regclass, person text default 'person_id') language plpgsql as $$
begin
  call reach(target, 'people', by_person => person);
end $$;

-- people
-- Parties of one request see each other's names; the rest of a record is its person's.
call reach('person', 'people', by_rule => $$ person_id = any ((select reach_own())::uuid[])
  or ((select reach_offices()) is not null and (select true from request q where q.municipality_id = person.municipality_id
        and q.applicant_id = person.person_id limit 1))
  or reaches_person(person_id) $$);
call reach_by_person('person_token');
call reach_by_person('person_phone');
call reach_by_person('person_email');
call reach_by_person('person_change');
call reach_by_person('person_merge', 'into_id');
call reach_by_person('contact_preference');
call reach_by_person('contact_code');
call reach_by_person('phone_question');
call reach_by_person('citizen_login');
call reach('session', 'sessions', by_rule => 'subject_id = any ((select reach_own())::uuid[]) or subject_id = (select reach_staff())');

-- requests
call reach('request', 'requests', by_request => 'request_id',
  by_rule => $$ applicant_id = any ((select reach_own())::uuid[]) or (filed_by_kind = 'partner' and filed_by = (select reach_partner())) $$);
call reach_by_request('request_action');
call reach('request_party', 'requests', by_request => 'request_id', by_rule => $$ person_id = any ((select reach_party())::uuid[]) $$);
call reach('request_office', 'requests', by_request => 'request_id',
  by_rule => $$ request_id <> all ((select reach_closed())::uuid[]) and office_code = any ((select reach_offices())::text[]) $$);
call reach('task', 'requests', by_request => 'request_id', by_rule => $$ request_id <> all ((select reach_closed())::uuid[])
  and (office_code = any ((select reach_offices())::text[]) or (closed_at is null and office_code = any ((select reach_task())::text[]))) $$);
call reach('request_closed', 'requests', by_request => 'request_id', by_rule => 'staff_id = (select reach_staff())');
call reach_by_request('request_confirmation');
call reach_by_request('tariff_for_request');
call reach_by_request('overtaking_reason');
call reach_by_request('page_note');
call reach_by_request('letter');
call reach_by_request('short_link');
call reach_by_request('tracking_code');
call reach('draft', 'drafts', by_person => 'person_id',
  by_rule => 'owner_id = any ((select reach_own())::text[]) or owner_id = (select reach_writer())');

-- papers
call reach('document', 'papers', by_person => 'owner_id',
  by_rule => 'added_by = any ((select reach_own())::text[]) or added_by = (select reach_writer()) or reaches_document(document_id)');
call reach('request_paper', 'papers', by_request => 'request_id');
call reach('paper_original', 'papers', by_person => 'person_id', by_request => 'request_id');
call reach('hand_signing', 'papers', by_request => 'request_id');
call reach('certificate', 'papers', by_person => 'person_id', by_request => 'request_id');
call reach('outgoing', 'papers', by_person => 'person_id', by_request => 'request_id');
call reach('scan', 'papers', by_rule => 'reaches_document(document_id)');
call reach('upload', 'papers', by_rule => 'owner_id = any ((select reach_own())::text[]) or owner_id = (select reach_writer())');

-- money
call reach('account', 'money', by_rule => 'reaches_account(account_id)');
call reach('account_holder', 'money', by_person => 'person_id');
call reach('account_credit', 'money', by_person => 'person_id', by_rule => 'reaches_account(account_id)');
call reach('voucher', 'money', by_request => 'request_id', by_rule => 'reaches_voucher(voucher_id)');
call reach('voucher_line', 'money', by_parent => 'voucher', by_rule => 'reaches_account(account_id)');
call reach('charge', 'money', by_person => 'debtor_id', by_request => 'request_id', by_rule => 'reaches_account(account_id)');
call reach('receipt', 'money', by_person => 'payer_id', by_request => 'request_id', by_rule => 'reaches_receipt(receipt_id)');
call reach('receipt_line', 'money', by_parent => 'receipt');
call reach('dues_exception', 'money', by_person => 'person_id', by_request => 'request_id');
call reach('charge_relief', 'money', by_parent => 'charge');
call reach('charge_return', 'money', by_request => 'request_id', by_parent => 'charge');
call reach('cheque', 'money', by_parent => 'receipt');
call reach('cheque_return', 'money', by_parent => 'charge');
call reach('reversal_proposal', 'money', by_parent => 'receipt');
call reach('exemption', 'money', by_person => 'person_id');
call reach('debt_transfer', 'money', by_person => 'from_person', by_rule => 'to_person = any ((select reach_own())::uuid[])');
call reach('instalment_plan', 'money', by_person => 'person_id');
call reach('plan_charge', 'money', by_parent => 'instalment_plan');
call reach('instalment', 'money', by_parent => 'instalment_plan');
call reach('payment_intent', 'money', by_person => 'person_id', by_request => 'request_id');
call reach('payment_intent_line', 'money', by_parent => 'payment_intent');
call reach('payment_event', 'money', by_parent => 'payment_intent');
call reach('payment_refund', 'money', by_parent => 'payment_intent');
call reach('payment_voucher', 'money', by_person => 'person_id', by_request => 'request_id');
call reach('subscription_holder', 'people', by_person => 'person_id', by_request => 'request_id');
call reach('subscription_event', 'people', by_request => 'request_id',
  by_rule => '(select true from subscription_holder h where h.municipality_id = subscription_event.municipality_id and h.subscription_id = subscription_event.subscription_id limit 1)');
call reach('subscription', 'people',
  by_rule => '(select true from subscription_holder h where h.municipality_id = subscription.municipality_id and h.subscription_id = subscription.subscription_id limit 1)');

-- messages
call reach('message', 'messages', by_person => 'person_id', by_request => 'request_id');
call reach('message_part', 'messages', by_parent => 'message');
call reach('message_note', 'messages', by_parent => 'message');
call reach('message_report', 'messages', by_rule => 'message_id is not null and (select true from message m where m.municipality_id = message_report.municipality_id and m.message_id = message_report.message_id limit 1)');
call reach('incoming_message', 'messages', by_request => 'request_id');
call reach('bulletin_recipient', 'messages', by_person => 'person_id');
call reach('bulletin_number', 'messages');
call reach('bulletin_bad_line', 'messages');

-- visits, voices, looks, imports
call reach('visit', 'visits', by_person => 'person_id', by_rule => 'staff_id = (select reach_staff())');
call reach('visit_act', 'visits', by_person => 'person_id', by_parent => 'visit');
call reach('complaint', 'voices', by_person => 'person_id');
call reach('complaint_subject', 'voices', by_parent => 'complaint');
call reach('contact', 'voices', by_person => 'person_id');
call reach('contact_word', 'voices', by_parent => 'contact');
call reach('rating', 'voices', by_person => 'person_id', by_request => 'request_id');
call reach('audit', 'looks', by_person => 'person_id', by_rule => 'actor_id = (select reach_writer())');
call reach('import_record', 'imports', by_person => 'person_id');
call reach('import_person', 'imports');
call reach('import_question', 'imports');
call reach('import_row', 'imports');

-- Hidden from whom a complaint is about.
create policy accused on complaint as restrictive using (complaint_id <> all ((select reach_accused())::uuid[])) with check (true);
create policy accused on complaint_subject as restrictive using (complaint_id <> all ((select reach_accused())::uuid[])) with check (true);
create policy closed on document as restrictive using (not closes_document(document_id, (select reach_closed())::uuid[])) with check (true);

-- What the program asks in one statement that sets the town itself, and what asks whereby somebody is told: the house asks.
alter function visitor_of set app.reach = 'house';
alter function deputised_by set app.reach = 'house';
alter function held_papers set app.reach = 'house';
alter function file_request set app.reach = 'house';
alter function reach_of set app.reach = 'house';
