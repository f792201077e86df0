-- serves: 0085
-- A filing writes its parties and offices before the request itself, whose number is taken as late as can be. What follows from the request's row
-- is worked out when that row comes; until then nobody looks for a row that is not there. `app.filing` names the request that is being written: it
-- only leaves out looking, so that whoever sets it gives nobody more than they have.

create or replace function office_comes() returns trigger language plpgsql security definer as $$
begin
  if current_setting('app.filing', true) = new.request_id::text then
    return null;
  end if;
  update public.request r set offices = '{}'
   where r.municipality_id = new.municipality_id and r.request_id = new.request_id and new.office_code <> all (r.offices);
  return null;
end $$;

create or replace function party_tells() returns trigger language plpgsql security definer as $$
begin
  if current_setting('app.filing', true) = new.request_id::text and tg_op = 'INSERT' then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    perform public.tell_persons(old.municipality_id, array[old.person_id]);
  end if;
  if tg_op <> 'DELETE' then
    perform public.tell_persons(new.municipality_id, array[new.person_id], r.offices)
       from public.request r where r.municipality_id = new.municipality_id and r.request_id = new.request_id and r.offices <> '{}';
  end if;
  return null;
end $$;

create or replace function date_office() returns trigger language plpgsql security definer as $$
begin
  if current_setting('app.filing', true) = new.request_id::text then
    new.filed_at := new.since;
    return new;
  end if;
  new.filed_at := coalesce((select r.filed_at from public.request r
                             where r.municipality_id = new.municipality_id and r.request_id = new.request_id), new.since);
  return new;
end $$;

create or replace function file_request_within(
  p_town uuid, p_now timestamptz, p_year integer, p_request uuid, p_service text, p_version integer, p_channel text, p_capacity text,
  p_applicant uuid, p_filed_kind text, p_filed_id text, p_filed_office text, p_state text, p_step text, p_answers jsonb, p_frozen jsonb,
  p_settled text[], p_due timestamptz, p_paused timestamptz, p_tracking bytea, p_action uuid, p_action_data jsonb, p_tasks jsonb,
  p_offices text[], p_parties jsonb, p_papers jsonb, p_messages jsonb, p_charges jsonb, p_audit jsonb, p_idempotency jsonb
) returns table (number integer, repeated boolean, request_id uuid, answer jsonb)
  language plpgsql as $$
#variable_conflict use_column
declare
  taken integer;
  due record;
  holding uuid;
  earlier record;
begin
  perform set_config('app.municipality', p_town::text, true);
  perform set_config('app.filing', p_request::text, true);

  if p_idempotency is not null then
    insert into idempotency (municipality_id, actor, key, route, body_hash, status, location, answer, at)
    values (p_town, p_idempotency->>'actor', p_idempotency->>'key', p_idempotency->>'route',
            decode(p_idempotency->>'body_hash', 'base64'), 201, p_idempotency->>'location',
            jsonb_build_object('id', p_request) || coalesce(p_idempotency->'answer', '{}'), p_now)
    on conflict do nothing;
    if not found then
      select i.answer as kept, i.body_hash as hash into earlier from idempotency i
       where i.municipality_id = p_town and i.actor = p_idempotency->>'actor' and i.key = p_idempotency->>'key';
      if earlier.hash <> decode(p_idempotency->>'body_hash', 'base64') then
        raise exception 'idempotency key reused' using errcode = 'SB409';
      end if;
      return query select r.number, true, r.request_id, earlier.kept from request r
                    where r.municipality_id = p_town and r.request_id = (earlier.kept->>'id')::uuid;
      return;
    end if;
  end if;

  insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, actor_office, data)
  values (p_town, p_request, 1, p_action, 'file', p_now, p_filed_kind, p_filed_id, p_filed_office, p_action_data);

  insert into request_party (municipality_id, request_id, person_id, capacity, added_at)
  values (p_town, p_request, p_applicant, p_capacity, p_now);
  if p_parties is not null then
    insert into request_party (municipality_id, request_id, person_id, capacity, proof_document_id, valid_until, added_at)
    select p_town, p_request, p.person_id, p.capacity, p.proof_document_id, p.valid_until, p_now
      from jsonb_to_recordset(p_parties) as p(person_id uuid, capacity text, proof_document_id uuid, valid_until date);
  end if;

  if p_tasks is not null then
    insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, assignee, state, opened_at, due_at, from_kind,
                    from_id, from_office, note, branch, parent_id)
    select p_town, t.task_id, p_request, t.step, t.purpose, t.office_code, t.role, t.assignee, t.state, t.opened_at, t.due_at, t.from_kind,
           t.from_id, t.from_office, t.note, t.branch, t.parent_id
      from jsonb_to_recordset(p_tasks) as t(task_id uuid, step text, purpose text, office_code text, role text, assignee uuid, state text,
           opened_at timestamptz, due_at timestamptz, from_kind text, from_id text, from_office text, note text, branch text,
           parent_id uuid);
  end if;

  insert into request_office (municipality_id, office_code, request_id, since)
  select p_town, o.office_code, p_request, p_now from unnest(p_offices) as o(office_code);

  if p_papers is not null then
    insert into request_paper (municipality_id, request_id, paper_id, document_id, state, at, by_kind, by_id)
    select p_town, p_request, p.paper_id, p.document_id, p.state, p_now, p_filed_kind, p_filed_id
      from jsonb_to_recordset(p_papers) as p(paper_id text, document_id uuid, state text);
  end if;

  insert into audit (municipality_id, audit_id, at, actor_kind, actor_id, actor_office, act, subject_kind, subject_id, person_id, request_id,
                     canonical)
  values (p_town, (p_audit->>'audit_id')::uuid, p_now, p_audit->>'actor_kind', p_audit->>'actor_id', p_audit->>'actor_office',
          p_audit->>'act', 'request', p_request::text, p_applicant, p_request, decode(p_audit->>'canonical', 'base64'));

  if p_charges is not null then
    for due in
      select * from jsonb_to_recordset(p_charges) as c(
        charge_id uuid, voucher_id uuid, audit_id uuid, canonical text, account_id uuid, account_code text, account_kind text,
        object_kind text, object_id uuid, debtor_id uuid, fee_id text, fee_point text, due_kind text, receivable text, contra text,
        description text, label_ar text, label_en text, currency text, amount_minor bigint, refundable boolean, reasons jsonb, due_on date,
        by_kind text, by_id text)
    loop
      select a.account_id into holding from account a
       where a.municipality_id = p_town and a.object_id = due.object_id and a.kind = due.account_kind;
      if holding is null then
        -- The same lock as treasury's accountFor takes: an object has one account of a kind, whoever opens it.
        perform pg_advisory_xact_lock(hashtextextended('account ' || p_town || ' ' || due.object_id || ' ' || due.account_kind, 0));
        select a.account_id into holding from account a
         where a.municipality_id = p_town and a.object_id = due.object_id and a.kind = due.account_kind;
      end if;
      if holding is null then
        holding := due.account_id;
        insert into account (municipality_id, account_id, number, kind, object_kind, object_id, opened_at, source)
        values (p_town, holding, account_number(due.account_code, next_number('account', 0)), due.account_kind, due.object_kind,
                due.object_id, p_now, 'own');
        insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
        values (p_town, holding, due.debtor_id, 'holder', due.due_on);
      end if;
      insert into voucher (municipality_id, voucher_id, kind, at, entered_at, description, by_kind, by_id, request_id)
      values (p_town, due.voucher_id, 'charge', p_now, p_now, due.description, due.by_kind, due.by_id, p_request);
      insert into voucher_line (municipality_id, voucher_id, line, ledger, account_id, charge_id, currency, amount_minor)
      values (p_town, due.voucher_id, 1, due.receivable, holding, due.charge_id, due.currency, due.amount_minor),
             (p_town, due.voucher_id, 2, due.contra, null, due.charge_id, due.currency, -due.amount_minor);
      insert into charge (municipality_id, charge_id, account_id, debtor_id, request_id, fee_id, fee_point, due_kind, label_ar, label_en,
                          currency, amount_minor, refundable, reasons, raised_at, due_on, voucher_id)
      values (p_town, due.charge_id, holding, due.debtor_id, p_request, due.fee_id, due.fee_point, due.due_kind, due.label_ar,
              due.label_en, due.currency, due.amount_minor, due.refundable, due.reasons, p_now, due.due_on, due.voucher_id);
      insert into audit (municipality_id, audit_id, at, actor_kind, actor_id, act, subject_kind, subject_id, person_id, request_id, canonical)
      values (p_town, due.audit_id, p_now, due.by_kind, due.by_id, 'treasury.charge-raised', 'charge', due.charge_id::text, due.debtor_id,
              p_request, decode(due.canonical, 'base64'));
    end loop;
  end if;

  taken := next_number('request', p_year);

  insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
                       filed_by_kind, filed_by, state, step, answers, frozen, settled_fee_points, filed_at, due_at, paused_at, last_seq,
                       tracking_hash)
  values (p_town, p_request, p_year, taken, p_service, p_version, p_channel, p_capacity, p_applicant, p_filed_kind, p_filed_id, p_state,
          p_step, p_answers, p_frozen, p_settled, p_now, p_due, p_paused, 1, p_tracking);
  perform set_config('app.filing', '', true);

  if p_messages is not null then
    perform plan_filing_messages(p_town, p_now, p_request, p_applicant, taken || '/' || p_year, p_messages);
  end if;

  return query select taken, false, p_request, null::jsonb;
end $$;
