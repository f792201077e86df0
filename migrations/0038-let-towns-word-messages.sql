-- messaging: a town's own words for what is sent on an occasion, written by one person and looked at by another. What was written is
-- never changed: other words are another version.
create table message_words (
  municipality_id uuid not null references municipality,
  -- the occasion: 'ELE-01/received' of a service, '*/received' of every service, 'payments.plan' of an office
  key text not null,
  version integer not null check (version > 0),
  body text not null,
  -- said to whoever looks at it
  note text,
  written_by uuid not null,
  written_at timestamptz not null,
  -- set-aside: other words were written before anybody decided on these
  state text not null check (state in ('draft', 'in-review', 'returned', 'approved', 'withdrawn', 'set-aside')),
  -- each of what follows is written once
  asked_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  decided_note text,
  -- approved: in force from this instant on, until it ends or other words begin
  from_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  ended_why text,
  primary key (municipality_id, key, version),
  check ((state in ('approved', 'withdrawn')) = (from_at is not null)),
  check ((state = 'withdrawn') = (ended_at is not null)),
  check (decided_by <> written_by)
);
-- On one occasion one text at a time is being written.
create unique index message_words_open on message_words (municipality_id, key) where state in ('draft', 'in-review', 'returned');
create index message_words_approved on message_words (municipality_id, key, version) where from_at is not null;
call wall('message_words', 'select, insert');
grant update (state, asked_at, decided_by, decided_at, decided_note, from_at, ended_by, ended_at, ended_why) on message_words to shubbak_app;

-- Whose words a message carries: as the service or the product has them (given), the town's own for this occasion (town), or the town's for
-- this event of every service (every). `template_version` counts in that one.
alter table message add column template_from text check (template_from in ('given', 'town', 'every'));

-- What the applicant is told on filing. messages: list of {message_id, event, kind, template, template_version, template_from, lane, body,
-- encoding, units, numbers, single, joined}; '{number}' stands for the number in `numbers` places, `units` counts the rest, single and
-- joined say how many units one part holds.
create function plan_filing_messages(p_town uuid, p_now timestamptz, p_request uuid, p_applicant uuid, p_named text, p_messages jsonb)
  returns void language plpgsql as $$
declare
  phone record;
begin
  select ph.phone_sealed, ph.phone_index into phone from person_phone ph
   where ph.municipality_id = p_town and ph.person_id = p_applicant and ph.is_primary and ph.ended_at is null limit 1;
  insert into message (municipality_id, message_id, request_id, person_id, event, kind, template, template_version, template_from, channel,
                       lane, to_sealed, to_index, body, encoding, parts, state, planned_at, not_before)
  select p_town, m.message_id, p_request, p_applicant, m.event, m.kind, m.template, m.template_version, m.template_from, 'sms', m.lane,
         phone.phone_sealed, phone.phone_index, replace(m.body, '{number}', p_named), m.encoding,
         case when m.units + m.numbers * length(p_named) <= m.single then 1
              else ceil((m.units + m.numbers * length(p_named))::numeric / m.joined) end,
         case when phone.phone_sealed is null then 'unaddressed' else 'planned' end, p_now, p_now
    from jsonb_to_recordset(p_messages) as m(message_id uuid, event text, kind text, template text, template_version integer,
         template_from text, lane smallint, body text, encoding text, units integer, numbers integer, single integer, joined integer);
end $$;
grant execute on function plan_filing_messages to shubbak_app;

-- As before, with its messages planned by the function above.
create or replace function file_request(
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

  if p_messages is not null then
    perform plan_filing_messages(p_town, p_now, p_request, p_applicant, taken || '/' || p_year, p_messages);
  end if;

  return query select taken, false, p_request, null::jsonb;
end $$;
