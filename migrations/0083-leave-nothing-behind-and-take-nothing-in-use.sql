-- destruction: what an act leaves behind is less, and what it may not take stays: the files of imports and bulletins go with their rows, papers that
-- something else rests on outlive a request, and nothing of a person who went is filled again.

-- Notes that contents no document speaks of are gone; gives those that are.
create function empty_files(p_hashes bytea[], p_now timestamptz) returns table (gone bytea, gone_size bigint)
  language sql security definer set search_path = public, pg_temp as $$
  update file f set destroyed_at = p_now
   where f.municipality_id = current_town() and f.sha256 = any (p_hashes) and f.destroyed_at is null
     and not exists (select from document d where d.municipality_id = current_town() and d.destroyed_at is null
           and (d.sha256 = f.sha256 or d.thumbnail_sha256 = f.sha256 or d.preview_sha256 = f.sha256))
  returning f.sha256, f.size;
$$;

-- What decides whether a paper may go.
create function paper_facts(p_ids uuid[]) returns table (id uuid, kind text, source text, owner_id uuid, valid_until date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select d.document_id, d.kind, d.source, d.owner_id, d.valid_until from document d
   where d.municipality_id = current_town() and d.document_id = any (p_ids) and d.destroyed_at is null;
$$;

do $$
declare
  each text;
begin
  foreach each in array array['empty_files(bytea[], timestamptz)', 'paper_facts(uuid[])'] loop
    execute format('revoke execute on function %s from public', each);
    execute format('grant execute on function %s to current_user', each);
    execute format('alter function %s owner to shubbak_audit', each);
  end loop;
end $$;

-- Papers that go with these requests: not what another request, a correction or a draft rests on, what still holds, or what a rule of papers
-- keeps: one of its own kind, or one that keeps papers for ever.
create function papers_to_go(p_requests uuid[], p_today date) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  with uses as materialized (
    select p.request_id, p.document_id as id from request_paper p where p.municipality_id = current_town() and p.request_id = any (p_requests)
    union select l.request_id, l.document_id from letter l where l.municipality_id = current_town() and l.request_id = any (p_requests)
    union select s.request_id, s.scan_document_id from hand_signing s where s.municipality_id = current_town() and s.request_id = any (p_requests)
    union select y.request_id, y.proof_document_id from request_party y where y.municipality_id = current_town() and y.request_id = any (p_requests)),
  rule as (
    select distinct on (r.scope) r.scope, r.action from retention_rule r
     where r.municipality_id = current_town() and r.kind = 'paper' and r.is_accepted and r.valid_from <= p_today
     order by r.scope, r.valid_from desc, r.written_at desc, r.rule_id desc)
  select d.id from paper_facts(array(select distinct u.id from uses u where u.id is not null)) d
   where not exists (
           select from request r where r.municipality_id = current_town() and r.destroyed_at is null and r.request_id in (
             select p.request_id from request_paper p where p.municipality_id = current_town() and p.document_id = d.id
             union all select l.request_id from letter l where l.municipality_id = current_town() and l.document_id = d.id
             union all select s.request_id from hand_signing s where s.municipality_id = current_town() and s.scan_document_id = d.id
             union all select y.request_id from request_party y where y.municipality_id = current_town() and y.proof_document_id = d.id))
     and not exists (
           select from correction_paper c join correction x on x.municipality_id = c.municipality_id and x.correction_id = c.correction_id
            where c.municipality_id = current_town() and c.document_id = d.id and x.decided_at is null)
     and not exists (
           select from draft w where w.municipality_id = current_town() and w.request_id is null
              and (w.owner_id = d.owner_id::text or w.person_id = d.owner_id) and position(d.id::text in w.papers::text) > 0)
     and (d.source = 'issued' or (d.valid_until is null or d.valid_until < p_today) and not exists (
           select from rule where rule.scope = d.kind or (rule.scope = '' and rule.action = 'keep')));
$$;
revoke execute on function papers_to_go from public;

-- An emptied paper is no paper: nothing is filed with it.
create or replace function held_papers_within(p_town uuid, p_papers jsonb, p_kind text, p_id text) returns jsonb
  language plpgsql as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  if exists (
    select 1 from jsonb_to_recordset(p_papers) as p(document_id uuid, types text[], most_bytes bigint, issued_from date, issued_until date)
      left join document d on d.municipality_id = p_town and d.document_id = p.document_id
     where d.document_id is null or d.destroyed_at is not null or d.added_by_kind <> p_kind or d.added_by <> p_id or not (d.type = any(p.types))
        or d.size not between 1 and p.most_bytes or d.issued_on > p.issued_until
        or (p.issued_from is not null and (d.issued_on is null or d.issued_on < p.issued_from)))
  then
    raise exception 'papers are not as named' using errcode = 'SB422';
  end if;
  return p_papers;
end $$;

-- Destroys things on the list of an act in force. Gives what the record has to say of it: entries whose personal fields are gone, and what
-- sealed is no longer as it was sealed.
create or replace function destroy_listed(p_act uuid, p_ids uuid[], p_now timestamptz) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  act destruction_act := destruction_guard(p_act, p_ids);
  town uuid := current_town();
  papers uuid[] := '{}';
  entries uuid[] := '{}';
  certificates uuid[] := '{}';
  receipts uuid[] := '{}';
  gone bytea[] := '{}';
  numbers bytea[] := '{}';
  today date := (select (p_now at time zone m.time_zone)::date from municipality m where m.municipality_id = town);
begin
  case act.kind
  when 'request' then
    update request set answers = '{}', frozen = '{}', step_fields = '{}', missing_papers = '[]', sessions = '[]', tracking_hash = sha256(uuid_send(request_id)),
           destroyed_at = p_now, destroyed_by = act.minutes_number
     where municipality_id = town and request_id = any (p_ids) and destroyed_at is null;
    update request_action set data = '{}', note = null where municipality_id = town and request_id = any (p_ids);
    update task set note = null where municipality_id = town and request_id = any (p_ids) and note is not null;
    update request_party set proof = '{}', ended_reason = null where municipality_id = town and request_id = any (p_ids);
    update letter set text = '', review_note = null where municipality_id = town and request_id = any (p_ids);
    update page_note set text = '' where municipality_id = town and request_id = any (p_ids);
    update rating set comment = '', phone_index = null where municipality_id = town and request_id = any (p_ids);
    update outgoing set addressee = '', title = '' where municipality_id = town and request_id = any (p_ids);
    update paper_original set given_to = case when given_to is not null then '' end, brought_by = '' where municipality_id = town and request_id = any (p_ids);
    update charge set reasons = '[]' where municipality_id = town and request_id = any (p_ids);
    update incoming_message set text = '', from_sealed = '', from_index = '' where municipality_id = town and request_id = any (p_ids);
    update message set body = '', to_sealed = null, to_index = null where municipality_id = town and request_id = any (p_ids);
    update message_note n set detail = null from message m
     where m.municipality_id = town and m.request_id = any (p_ids) and n.municipality_id = town and n.message_id = m.message_id;
    update message_report r set to_index = null from message m
     where m.municipality_id = town and m.request_id = any (p_ids) and r.municipality_id = town and r.message_id = m.message_id;
    update request_closed set reason = '' where municipality_id = town and request_id = any (p_ids);
    update overtaking_reason set reason = '' where municipality_id = town and request_id = any (p_ids);
    update dues_exception set reason = '' where municipality_id = town and request_id = any (p_ids);
    delete from request_confirmation where municipality_id = town and request_id = any (p_ids);
    delete from short_link where municipality_id = town and request_id = any (p_ids);
    delete from tracking_code where municipality_id = town and request_id = any (p_ids);
    delete from draft where municipality_id = town and request_id = any (p_ids);
    select coalesce(array_agg(e), '{}') into entries from empty_entries(p_ids, '{}', '{}') e;
    select coalesce(array_agg(c.emptied), '{}'), coalesce(array_agg(c.paper), '{}') into certificates, papers from empty_certificates(p_ids, p_now) c;
    papers := papers || array(select w from papers_to_go(p_ids, today) w);
  when 'paper' then
    papers := p_ids;
  when 'message' then
    update message set body = '', to_sealed = null, to_index = null where municipality_id = town and message_id = any (p_ids);
    update message_note set detail = null where municipality_id = town and message_id = any (p_ids);
    update message_report set to_index = null where municipality_id = town and message_id = any (p_ids);
    update incoming_message set text = '', from_sealed = '', from_index = '' where municipality_id = town and incoming_id = any (p_ids);
  when 'draft' then
    delete from draft where municipality_id = town and draft_id = any (p_ids);
  when 'visit' then
    update visit set person_id = null, phone_sealed = null, phone_index = null, ground = null where municipality_id = town and visit_id = any (p_ids);
    update visit_act set person_id = null where municipality_id = town and visit_id = any (p_ids);
  when 'look' then
    delete from look where municipality_id = town and audit_id = any (p_ids);
    select coalesce(array_agg(e), '{}') into entries from empty_entries('{}', '{}', p_ids) e;
  when 'log-in' then
    delete from session where municipality_id = town and md5(token_hash)::uuid = any (p_ids);
    delete from citizen_device where municipality_id = town and device_id = any (p_ids);
  when 'import' then
    delete from import_row where municipality_id = town and run_id = any (p_ids);
    delete from bulletin_number where municipality_id = town and bulletin_id = any (p_ids);
    delete from bulletin_bad_line where municipality_id = town and bulletin_id = any (p_ids);
    delete from bulletin_recipient where municipality_id = town and bulletin_id = any (p_ids) and person_id is null;
    -- What another run or bulletin is yet to read stays until that one goes.
    with brought as (
           select r.sha256 from import_run r where r.municipality_id = town and r.run_id = any (p_ids)
           union select b.file_sha256 from bulletin b where b.municipality_id = town and b.bulletin_id = any (p_ids) and b.file_sha256 is not null),
         w as (select * from empty_files(array(
           select g.sha256 from brought g
            where not exists (select from import_run r where r.municipality_id = town and r.sha256 = g.sha256 and not r.run_id = any (p_ids)
                    and (r.state in ('waiting', 'checking', 'checked', 'applying')
                         or exists (select from import_row i where i.municipality_id = town and i.run_id = r.run_id)))
              and not exists (select from bulletin b where b.municipality_id = town and b.file_sha256 = g.sha256 and b.state not in ('done', 'stopped'))),
           p_now)),
         kept as (insert into destruction_file (municipality_id, act_id, sha256, size)
                  select town, p_act, w.gone, w.gone_size from w on conflict do nothing)
    select coalesce(array_agg(w.gone), '{}') into gone from w;
    delete from file_scan where municipality_id = town and sha256 = any (gone);
  when 'complaint' then
    update complaint set words = '', about = '', finding = null, answer = null where municipality_id = town and complaint_id = any (p_ids);
    update contact set subject = '' where municipality_id = town and contact_id = any (p_ids);
    update contact_word set words = '' where municipality_id = town and contact_id = any (p_ids);
  when 'receipt' then
    select coalesce(array_agg(e), '{}') into receipts from empty_receipts(p_ids, p_now) e;
    update cheque set drawer = '' where municipality_id = town and receipt_id = any (p_ids);
  when 'person' then
    update person set first_name = '', father_name = '', grandfather_name = '', family_name = '', display_name = '—', sort_name = '', mother_name = '',
           birth_date = null, sex = null, id_kind = 'none', id_sealed = null, id_index = null, address = '{}', particulars_sealed = null,
           destroyed_at = p_now
     where municipality_id = town and person_id = any (p_ids) and destroyed_at is null;
    numbers := array(select phone_index from person_phone where municipality_id = town and person_id = any (p_ids)
                     union select email_index from person_email where municipality_id = town and person_id = any (p_ids));
    delete from person_token where municipality_id = town and person_id = any (p_ids);
    delete from person_phone where municipality_id = town and person_id = any (p_ids);
    delete from person_email where municipality_id = town and person_id = any (p_ids);
    -- A number that is somebody else's too keeps what is known of it.
    numbers := array(select n from unnest(numbers) n
                      where not exists (select from person_phone x where x.municipality_id = town and x.phone_index = n)
                        and not exists (select from person_email x where x.municipality_id = town and x.email_index = n));
    delete from message_opt_out where municipality_id = town and to_index = any (numbers);
    delete from phone_health where municipality_id = town and phone_index = any (numbers);
    update message_report set to_index = null where municipality_id = town and to_index = any (numbers);
    delete from person_change where municipality_id = town and person_id = any (p_ids);
    delete from contact_code where municipality_id = town and person_id = any (p_ids);
    delete from contact_preference where municipality_id = town and person_id = any (p_ids);
    delete from phone_question where municipality_id = town and person_id = any (p_ids);
    delete from identity_check where municipality_id = town and person_id = any (p_ids);
    delete from session where municipality_id = town and subject_kind = 'citizen' and subject_id = any (p_ids);
    delete from citizen_device where municipality_id = town and person_id = any (p_ids);
    delete from citizen_login where municipality_id = town and person_id = any (p_ids);
    delete from sign_on_link where municipality_id = town and kind = 'citizen' and subject_id = any (p_ids);
    delete from log_in_code where municipality_id = town and person_id = any (p_ids);
    delete from draft where municipality_id = town and request_id is null and (person_id = any (p_ids) or owner_id = any (p_ids::text[]));
    update message_note n set detail = null from message m
     where m.municipality_id = town and m.person_id = any (p_ids) and n.municipality_id = town and n.message_id = m.message_id;
    update message_report r set to_index = null from message m
     where m.municipality_id = town and m.person_id = any (p_ids) and r.municipality_id = town and r.message_id = m.message_id;
    update message set body = '', to_sealed = null, to_index = null where municipality_id = town and person_id = any (p_ids);
    update bulletin_recipient set phone_sealed = null, phone_index = null where municipality_id = town and person_id = any (p_ids);
    update visit set phone_sealed = null, phone_index = null, out_of_turn_reason = null where municipality_id = town and person_id = any (p_ids);
    update rating set comment = '', phone_index = null where municipality_id = town and person_id = any (p_ids);
    update outgoing set addressee = '', title = '' where municipality_id = town and person_id = any (p_ids);
    update dues_exception set reason = '' where municipality_id = town and person_id = any (p_ids);
    update exemption set reason = '' where municipality_id = town and person_id = any (p_ids);
    update instalment_plan set note = '', decided_why = case when decided_why is not null then '' end where municipality_id = town and person_id = any (p_ids);
    update look_grant set words = '' where municipality_id = town and person_id = any (p_ids);
    update correction_word w set words = '' where municipality_id = town and exists (
      select from correction c where c.municipality_id = town and c.correction_id = w.correction_id and c.person_id = any (p_ids));
    update mandate set proof_sealed = '' where municipality_id = town and proof_sealed is not null and (principal_id = any (p_ids) or agent_id = any (p_ids));
    update correction set stands_in = '', wrong = '', correct = '', answer = null where municipality_id = town and person_id = any (p_ids);
    update look_question_word w set words = '' where municipality_id = town and exists (
      select from look_question q where q.municipality_id = town and q.question_id = w.question_id and q.person_id = any (p_ids));
    -- The next file that names them finds nobody to fill again: it is asked anew who that is.
    delete from import_question q where q.municipality_id = town and (q.person_id = any (p_ids) or q.kind = 'person' and exists (
      select from import_person i where i.municipality_id = town and i.source_id = q.source_id and i.ident = q.subject and i.person_id = any (p_ids)));
    delete from import_person where municipality_id = town and person_id = any (p_ids);
    update import_record set content_sealed = '' where municipality_id = town and person_id = any (p_ids);
    select coalesce(array_agg(e), '{}') into entries from empty_entries('{}', p_ids, '{}') e;
  end case;
  if cardinality(papers) > 0 then
    with w as (select * from empty_documents(papers, p_now)),
         kept as (insert into destruction_file (municipality_id, act_id, sha256, size)
                  select town, p_act, w.gone, w.gone_size from w on conflict do nothing)
    select coalesce(array_agg(w.gone), '{}') into gone from w;
    delete from file_scan where municipality_id = town and sha256 = any (gone);
    update scan set file_name = '' where municipality_id = town and document_id = any (papers);
    delete from upload where municipality_id = town and document_id = any (papers);
  end if;
  update destruction_item set state = 'done', done_at = p_now where municipality_id = town and act_id = p_act and subject_id = any (p_ids);
  return jsonb_build_object('entries', to_jsonb(entries), 'certificates', to_jsonb(certificates), 'receipts', to_jsonb(receipts));
end $$;
