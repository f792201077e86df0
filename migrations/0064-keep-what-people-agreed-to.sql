-- consents: what the town may do with somebody's data though no law asks for it: only by their own word, to a text they read, for as long as they
-- like. Nothing is edited: texts and answers are added.
create table consent_purpose (
  municipality_id uuid not null references municipality,
  purpose_code text not null check (purpose_code ~ '^[a-z][a-z0-9-]{1,60}$'),
  kind text not null check (kind in ('awareness', 'survey', 'hall-name', 'news-email', 'sharing')),
  name_ar text not null check (name_ar <> ''),
  name_en text not null,
  -- with whom, where data go to another
  institution text,
  opened_by uuid not null,
  opened_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  ended_why text,
  primary key (municipality_id, purpose_code),
  check ((kind = 'sharing') = (institution is not null)),
  check ((ended_at is null) = (ended_by is null))
);
-- What the program itself asks by its kind, is one thing at a time.
create unique index consent_purpose_of on consent_purpose (municipality_id, kind) where ended_at is null and kind <> 'sharing';
call wall('consent_purpose', 'select, insert');
grant update (ended_by, ended_at, ended_why) on consent_purpose to shubbak_app;

create table consent_text (
  municipality_id uuid not null references municipality,
  purpose_code text not null,
  version integer not null check (version > 0),
  text_ar text not null check (text_ar <> ''),
  text_en text not null,
  valid_from date not null,
  -- says more than the one before: earlier answers do not hold for it
  asks_again boolean not null,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (municipality_id, purpose_code, version),
  foreign key (municipality_id, purpose_code) references consent_purpose
);
call wall('consent_text', 'select, insert');

create table consent_entry (
  municipality_id uuid not null references municipality,
  person_id uuid not null,
  entry_id uuid not null,
  purpose_code text not null,
  -- the text that was before them
  version integer not null,
  is_given boolean not null,
  at timestamptz not null,
  way text not null check (way in ('portal', 'counter', 'sms')),
  by_kind text not null,
  by_id text not null,
  primary key (municipality_id, person_id, entry_id),
  foreign key (municipality_id, person_id) references person,
  foreign key (municipality_id, purpose_code, version) references consent_text
);
create index consent_entry_latest on consent_entry (municipality_id, person_id, purpose_code, entry_id desc);
call wall('consent_entry', 'select, insert');
call reach_by_person('consent_entry');

-- Whether somebody agreed to a purpose, under any record of theirs: the last word counts, to a text that still holds.
create function may_use(p_person uuid, p_purpose text, p_today date) returns boolean
  language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select coalesce((
    select e.is_given and e.version >= coalesce((
             select max(t.version) from consent_text t where t.municipality_id = current_town() and t.purpose_code = p_purpose
                and t.asks_again and t.valid_from <= p_today), 1)
      from consent_entry e
     where e.municipality_id = current_town() and e.purpose_code = p_purpose and e.person_id = any (same_person(p_person))
     order by e.at desc, e.entry_id desc limit 1), false)
   and exists (select from consent_purpose p where p.municipality_id = current_town() and p.purpose_code = p_purpose and p.ended_at is null)
   and exists (select from consent_text t where t.municipality_id = current_town() and t.purpose_code = p_purpose and t.valid_from <= p_today)
$$;
revoke execute on function may_use from public;
grant execute on function may_use to shubbak_app;
