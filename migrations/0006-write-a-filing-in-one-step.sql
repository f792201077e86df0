-- Filing is the hottest act: one round trip writes the request with its action, parties, tasks, papers, message and audit row. Everything
-- is decided by the application (kernel) beforehand; this writes it down. The counter of numbers is taken last but for the rows that
-- carry the number, so that filings of one town wait for each other as short as possible.
--
-- message: {message_id, event, lane, body, encoding} with '{number}' standing for the number, or null when nothing is said.
-- audit: {audit_id, actor_kind, actor_id, actor_office, act, canonical} with canonical in base64.
-- idempotency: {actor, key, route, body_hash, location} or null where the caller keeps it. A key met before gives that filing again.
create function file_request(
  p_town uuid, p_now timestamptz, p_year integer, p_request uuid, p_service text, p_version integer, p_channel text, p_capacity text,
  p_applicant uuid, p_filed_kind text, p_filed_id text, p_filed_office text, p_state text, p_step text, p_answers jsonb, p_frozen jsonb,
  p_settled text[], p_due timestamptz, p_paused timestamptz, p_tracking bytea, p_action uuid, p_action_data jsonb, p_tasks jsonb,
  p_offices text[], p_parties jsonb, p_papers jsonb, p_message jsonb, p_audit jsonb, p_idempotency jsonb
) returns table (number integer, repeated boolean, request_id uuid)
  language plpgsql as $$
#variable_conflict use_column
declare
  taken integer;
  phone record;
  words text;
  earlier record;
begin
  perform set_config('app.municipality', p_town::text, true);

  if p_idempotency is not null then
    insert into idempotency (municipality_id, actor, key, route, body_hash, status, location, answer, at)
    values (p_town, p_idempotency->>'actor', p_idempotency->>'key', p_idempotency->>'route',
            decode(p_idempotency->>'body_hash', 'base64'), 201, p_idempotency->>'location', jsonb_build_object('id', p_request), p_now)
    on conflict do nothing;
    if not found then
      select i.answer->>'id' as id, i.body_hash into earlier from idempotency i
       where i.municipality_id = p_town and i.actor = p_idempotency->>'actor' and i.key = p_idempotency->>'key';
      if earlier.body_hash <> decode(p_idempotency->>'body_hash', 'base64') then
        raise exception 'idempotency key reused' using errcode = 'SB409';
      end if;
      return query select r.number, true, r.request_id from request r where r.municipality_id = p_town and r.request_id = earlier.id::uuid;
      return;
    end if;
  end if;

  insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, actor_office, data)
  values (p_town, p_request, 1, p_action, 'file', p_now, p_filed_kind, p_filed_id, p_filed_office, p_action_data);

  insert into request_party (municipality_id, request_id, person_id, capacity, proof_document_id, valid_until, added_at)
  select p_town, p_request, p.person_id, p.capacity, p.proof_document_id, p.valid_until, p_now
    from jsonb_to_recordset(p_parties) as p(person_id uuid, capacity text, proof_document_id uuid, valid_until date);

  insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, assignee, state, opened_at, due_at)
  select p_town, t.task_id, p_request, t.step, t.purpose, t.office_code, t.role, t.assignee, t.state, t.opened_at, t.due_at
    from jsonb_to_recordset(p_tasks) as t(task_id uuid, step text, purpose text, office_code text, role text, assignee uuid, state text,
         opened_at timestamptz, due_at timestamptz);

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

  select ph.phone_sealed, ph.phone_index into phone from person_phone ph
   where ph.municipality_id = p_town and ph.person_id = p_applicant and ph.is_primary and ph.ended_at is null limit 1;

  taken := next_number('request', p_year);

  insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
                       filed_by_kind, filed_by, state, step, answers, frozen, settled_fee_points, filed_at, due_at, paused_at, last_seq,
                       tracking_hash)
  values (p_town, p_request, p_year, taken, p_service, p_version, p_channel, p_capacity, p_applicant, p_filed_kind, p_filed_id, p_state,
          p_step, p_answers, p_frozen, p_settled, p_now, p_due, p_paused, 1, p_tracking);

  if p_message is not null then
    words := replace(p_message->>'body', '{number}', taken || '/' || p_year);
    insert into message (municipality_id, message_id, request_id, person_id, event, channel, lane, to_sealed, to_index, body, encoding, parts,
                         state, planned_at, not_before)
    values (p_town, (p_message->>'message_id')::uuid, p_request, p_applicant, p_message->>'event', 'sms', (p_message->>'lane')::smallint,
            phone.phone_sealed, phone.phone_index, words, p_message->>'encoding',
            case when p_message->>'encoding' = 'UCS-2'
              then case when length(words) <= 70 then 1 else ceil(length(words) / 67.0) end
              else case when length(words) <= 160 then 1 else ceil(length(words) / 153.0) end end,
            case when phone.phone_sealed is null then 'unaddressed' else 'planned' end, p_now, p_now);
  end if;

  return query select taken, false, p_request;
end $$;
grant execute on function file_request to shubbak_app;
