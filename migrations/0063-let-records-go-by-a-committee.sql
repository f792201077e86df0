-- destruction: what the law lets go, goes by a recorded act of a committee, and nothing else does. Registers keep their rows, numbers and hashes; what
-- is personal in them is emptied. The database itself destroys nothing that an act in force does not list.

-- How long a kind of record is kept, and what happens then. Written by one, adopted by another; nothing is edited.
create table retention_rule (
  municipality_id uuid not null references municipality,
  rule_id uuid not null,
  kind text not null,
  -- '' for all of its kind; else a service, a group of services, a kind of paper or of message
  scope text not null,
  -- what happens once the time has passed; 'keep' is for ever
  action text not null check (action in ('keep', 'erase', 'delete')),
  keep_for integer check (keep_for > 0),
  keep_unit text check (keep_unit in ('day', 'year')),
  -- the law or decision it rests on, in words
  source text not null check (source <> ''),
  -- false: nobody has shown the source yet, and nothing goes by it
  is_confirmed boolean not null,
  valid_from date not null,
  written_by uuid not null,
  written_at timestamptz not null,
  reviewed_by uuid,
  reviewed_at timestamptz,
  is_accepted boolean,
  review_note text,
  primary key (municipality_id, rule_id),
  check ((action = 'keep') = (keep_for is null)),
  check ((keep_for is null) = (keep_unit is null)),
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (is_accepted is null)),
  check (reviewed_by <> written_by)
);
create index retention_rule_of on retention_rule (municipality_id, kind, scope, valid_from);
call wall('retention_rule', 'select, insert');
grant update (reviewed_by, reviewed_at, is_accepted, review_note) on retention_rule to shubbak_app;

-- A court, an inquiry or the law holds something back, whatever a rule says.
create table legal_hold (
  municipality_id uuid not null references municipality,
  hold_id uuid not null,
  subject_kind text not null check (subject_kind in ('request', 'person', 'paper')),
  subject_id uuid not null,
  -- as staff tell it apart: a number, never a name
  label text not null,
  reason text not null check (reason <> ''),
  -- its last day, where one is known
  until date,
  placed_by uuid not null,
  placed_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  ended_why text,
  primary key (municipality_id, hold_id),
  check ((ended_at is null) = (ended_by is null))
);
create index legal_hold_of on legal_hold (municipality_id, subject_id) where ended_at is null;
create index legal_hold_at on legal_hold (municipality_id, placed_at);
call wall('legal_hold', 'select, insert');
grant update (ended_by, ended_at, ended_why) on legal_hold to shubbak_app;

create table destruction_act (
  municipality_id uuid not null references municipality,
  act_id uuid not null,
  year integer not null,
  number integer not null,
  rule_id uuid not null,
  kind text not null,
  scope text not null,
  -- records whose time had passed by this day
  until date not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  state text not null check (state in ('counting', 'proposed', 'resting', 'acting', 'done', 'refused', 'stopped', 'withdrawn')),
  -- how far the job is that counts, by the last id it saw
  counted_to uuid,
  -- {listed, excluded, bytes, oldest, newest, why: {CODE: N}}
  counts jsonb not null,
  counted_at timestamptz,
  minutes_number text,
  minutes_date date,
  minutes_document_id uuid,
  -- between the last approval and the act
  acts_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  ended_why text,
  -- {done, dropped, files, bytes}
  progress jsonb not null,
  done_at timestamptz,
  certificate_document_id uuid,
  primary key (municipality_id, act_id),
  foreign key (municipality_id, rule_id) references retention_rule,
  check ((state in ('refused', 'stopped', 'withdrawn')) = (ended_at is not null)),
  check (state not in ('resting', 'acting', 'done') or (acts_at is not null and minutes_number is not null and minutes_document_id is not null))
);
create unique index destruction_act_number on destruction_act (municipality_id, year, number);
create index destruction_act_state on destruction_act (municipality_id, state, acts_at);
call wall('destruction_act', 'select, insert, update');

-- The committee of an act, by name; whoever proposed it is never of it.
create table destruction_member (
  municipality_id uuid not null references municipality,
  act_id uuid not null,
  staff_id uuid not null,
  decided_at timestamptz,
  is_approved boolean,
  note text,
  primary key (municipality_id, act_id, staff_id),
  foreign key (municipality_id, act_id) references destruction_act,
  check ((decided_at is null) = (is_approved is null))
);
create index destruction_member_of on destruction_member (municipality_id, staff_id, act_id);
call wall('destruction_member', 'select, insert');
grant update (decided_at, is_approved, note) on destruction_member to shubbak_app;

-- Exactly what an act is about. Nothing in it names anybody.
create table destruction_item (
  municipality_id uuid not null references municipality,
  act_id uuid not null,
  subject_id uuid not null,
  label text not null,
  at timestamptz not null,
  bytes bigint not null,
  -- listed: to go; excluded: not when it was counted; dropped: not when the act came to it; done
  state text not null check (state in ('listed', 'excluded', 'dropped', 'done')),
  why text,
  done_at timestamptz,
  primary key (municipality_id, act_id, subject_id),
  foreign key (municipality_id, act_id) references destruction_act,
  check ((state in ('excluded', 'dropped')) = (why is not null)),
  check ((state = 'done') = (done_at is not null))
);
create index destruction_item_state on destruction_item (municipality_id, act_id, state, subject_id);
create index destruction_item_subject on destruction_item (municipality_id, subject_id);
call wall('destruction_item', 'select, insert');
grant update (state, why) on destruction_item to shubbak_app;

-- Contents no document speaks of any more, until they are off the shelf.
create table destruction_file (
  municipality_id uuid not null references municipality,
  act_id uuid not null,
  sha256 bytea not null,
  size bigint not null,
  removed_at timestamptz,
  primary key (municipality_id, act_id, sha256),
  foreign key (municipality_id, act_id) references destruction_act
);
create index destruction_file_waits on destruction_file (municipality_id, act_id, sha256) where removed_at is null;
call wall('destruction_file', 'select, insert');
grant update (removed_at) on destruction_file to shubbak_app;

-- What stays of a row that was emptied: that it was, and by which decision.
alter table request add column destroyed_at timestamptz, add column destroyed_by text;
alter table person add column destroyed_at timestamptz;
alter table document add column destroyed_at timestamptz;
alter table file add column destroyed_at timestamptz;
alter table certificate add column destroyed_at timestamptz;
alter table receipt add column destroyed_at timestamptz;
-- The same content brought again later is there again.
grant update (destroyed_at) on file to shubbak_app;

-- Three members at least, all of them for it, minutes with their paper, and each thing on its list: or nothing happens.
create function destruction_guard(p_act uuid, p_ids uuid[]) returns destruction_act
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  act destruction_act;
begin
  select * into act from destruction_act a where a.municipality_id = current_town() and a.act_id = p_act and a.state = 'acting';
  if not found
     or (select count(*) filter (where m.is_approved) < 3 or count(*) filter (where m.is_approved is not true) > 0
           or bool_or(m.staff_id = act.proposed_by)
           from destruction_member m where m.municipality_id = current_town() and m.act_id = p_act) then
    raise exception 'no committee has decided this' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from unnest(p_ids) w(id)
               left join destruction_item i on i.municipality_id = current_town() and i.act_id = p_act and i.subject_id = w.id and i.state = 'listed'
              where i.subject_id is null) then
    raise exception 'not on the list of this act' using errcode = 'insufficient_privilege';
  end if;
  return act;
end $$;
revoke execute on function destruction_guard from public;

-- What follows belongs to the owner of the record and is called by destroy_listed alone.

-- Empties documents; gives the contents no document speaks of any more.
create function empty_documents(p_ids uuid[], p_now timestamptz) returns table (gone bytea, gone_size bigint)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held bytea[];
begin
  select array_agg(distinct w.sha) into held from document d
   cross join lateral (values (d.sha256), (d.thumbnail_sha256), (d.preview_sha256)) w(sha)
   where d.municipality_id = current_town() and d.document_id = any (p_ids) and d.destroyed_at is null and w.sha is not null;
  if held is null then
    return;
  end if;
  -- Whoever brings the same content now waits here.
  perform 1 from file f where f.municipality_id = current_town() and f.sha256 = any (held) order by f.sha256 for update;
  update document set title = '', file_name = '', thumbnail_sha256 = null, preview_sha256 = null, issued_on = null, destroyed_at = p_now
   where municipality_id = current_town() and document_id = any (p_ids) and destroyed_at is null;
  return query
    update file f set destroyed_at = p_now
     where f.municipality_id = current_town() and f.sha256 = any (held) and f.destroyed_at is null
       and not exists (select from document d where d.municipality_id = current_town() and d.destroyed_at is null
             and (d.sha256 = f.sha256 or d.thumbnail_sha256 = f.sha256 or d.preview_sha256 = f.sha256))
    returning f.sha256, f.size;
end $$;

create function empty_certificates(p_requests uuid[], p_now timestamptz) returns table (emptied uuid, paper uuid)
  language sql security definer set search_path = public, pg_temp as $$
  -- Whoever holds the paper still learns that the town issued it, and that its term has ended.
  update certificate set data = data || '{"holder": {"name": "", "masked": "—"}, "body": {}}', destroyed_at = p_now
   where municipality_id = current_town() and request_id = any (p_requests) and destroyed_at is null
  returning certificate_id, document_id;
$$;

create function empty_receipts(p_ids uuid[], p_now timestamptz) returns setof uuid
  language sql security definer set search_path = public, pg_temp as $$
  update receipt set payer_name = '', payer_id = null, destroyed_at = p_now
   where municipality_id = current_town() and receipt_id = any (p_ids) and destroyed_at is null
  returning receipt_id;
$$;

-- Personal fields of entries about these requests or people, or of these entries themselves.
create function empty_entries(p_requests uuid[], p_people uuid[], p_entries uuid[]) returns setof uuid
  language sql security definer set search_path = public, pg_temp as $$
  update audit set personal = null
   where municipality_id = current_town() and personal is not null
     and (request_id = any (p_requests) or person_id = any (p_people) or audit_id = any (p_entries))
  returning audit_id;
$$;

do $$
declare
  each text;
begin
  foreach each in array array['empty_documents(uuid[], timestamptz)', 'empty_certificates(uuid[], timestamptz)', 'empty_receipts(uuid[], timestamptz)',
                              'empty_entries(uuid[], uuid[], uuid[])'] loop
    execute format('revoke execute on function %s from public', each);
    execute format('grant execute on function %s to current_user', each);
    execute format('alter function %s owner to shubbak_audit', each);
  end loop;
end $$;

-- Destroys things on the list of an act in force. Gives what the record has to say of it: entries whose personal fields are gone, and what
-- sealed is no longer as it was sealed.
create function destroy_listed(p_act uuid, p_ids uuid[], p_now timestamptz) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  act destruction_act := destruction_guard(p_act, p_ids);
  town uuid := current_town();
  papers uuid[] := '{}';
  entries uuid[] := '{}';
  certificates uuid[] := '{}';
  receipts uuid[] := '{}';
  gone bytea[] := '{}';
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
    update incoming_message set text = '' where municipality_id = town and request_id = any (p_ids);
    update message set body = '', to_sealed = null, to_index = null where municipality_id = town and request_id = any (p_ids);
    delete from request_confirmation where municipality_id = town and request_id = any (p_ids);
    delete from short_link where municipality_id = town and request_id = any (p_ids);
    delete from tracking_code where municipality_id = town and request_id = any (p_ids);
    delete from draft where municipality_id = town and request_id = any (p_ids);
    select coalesce(array_agg(e), '{}') into entries from empty_entries(p_ids, '{}', '{}') e;
    select coalesce(array_agg(c.emptied), '{}'), coalesce(array_agg(c.paper), '{}') into certificates, papers from empty_certificates(p_ids, p_now) c;
    -- A paper that another request rests on stays there.
    papers := papers || array(
      select distinct w.id from (
        select document_id as id from request_paper where municipality_id = town and request_id = any (p_ids)
        union select document_id from letter where municipality_id = town and request_id = any (p_ids)
        union select scan_document_id from hand_signing where municipality_id = town and request_id = any (p_ids)
        union select proof_document_id from request_party where municipality_id = town and request_id = any (p_ids)) w
       where w.id is not null and not exists (
         select from request_paper p join request r on r.municipality_id = town and r.request_id = p.request_id and r.destroyed_at is null
          where p.municipality_id = town and p.document_id = w.id));
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
  when 'complaint' then
    update complaint set words = '', about = '', answer = null where municipality_id = town and complaint_id = any (p_ids);
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
    delete from person_token where municipality_id = town and person_id = any (p_ids);
    delete from person_phone where municipality_id = town and person_id = any (p_ids);
    delete from person_email where municipality_id = town and person_id = any (p_ids);
    delete from person_change where municipality_id = town and person_id = any (p_ids);
    delete from contact_code where municipality_id = town and person_id = any (p_ids);
    delete from contact_preference where municipality_id = town and person_id = any (p_ids);
    delete from phone_question where municipality_id = town and person_id = any (p_ids);
    delete from identity_check where municipality_id = town and person_id = any (p_ids);
    delete from session where municipality_id = town and subject_kind = 'citizen' and subject_id = any (p_ids);
    delete from citizen_device where municipality_id = town and person_id = any (p_ids);
    delete from citizen_login where municipality_id = town and person_id = any (p_ids);
    delete from log_in_code where municipality_id = town and person_id = any (p_ids);
    delete from draft where municipality_id = town and request_id is null and (person_id = any (p_ids) or owner_id = any (p_ids::text[]));
    update message set body = '', to_sealed = null, to_index = null where municipality_id = town and person_id = any (p_ids);
    update mandate set proof_sealed = '' where municipality_id = town and proof_sealed is not null and (principal_id = any (p_ids) or agent_id = any (p_ids));
    update correction set stands_in = '', wrong = '', correct = '', answer = null where municipality_id = town and person_id = any (p_ids);
    update look_question_word w set words = '' where municipality_id = town and exists (
      select from look_question q where q.municipality_id = town and q.question_id = w.question_id and q.person_id = any (p_ids));
    update import_question set told_sealed = '' where municipality_id = town and person_id = any (p_ids);
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
revoke execute on function destroy_listed from public;
grant execute on function destroy_listed to shubbak_app;
