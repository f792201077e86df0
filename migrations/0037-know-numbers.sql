-- people: telephones with a name, verified, aged, and asked about at the next visit; an e-mail address; the ways by which somebody is told.
-- messaging: the kinds of messages somebody does without, and codes under way to a number or an address.

alter table person_phone
  add column label text not null default 'own' check (label in ('own', 'home', 'work', 'family', 'other')),
  -- somebody said that it is used by several; is_shared is this, or that another person uses it too
  add column said_shared boolean not null default false,
  add column verified_how text check (verified_how in ('code', 'counter')),
  add column verified_by uuid,
  -- when the person last said that it is still theirs
  add column confirmed_at timestamptz;
update person_phone set verified_how = 'code' where verified_at is not null;
update person_phone f set said_shared = true
 where is_shared and not exists (
   select 1 from person_phone o
    where o.municipality_id = f.municipality_id and o.phone_index = f.phone_index and o.person_id <> f.person_id and o.ended_at is null);
alter table person_phone add check ((verified_at is null) = (verified_how is null));
-- One number a person is told by: of two that were written at one instant the older stays.
update person_phone f set is_primary = false
 where is_primary and (ended_at is not null or exists (
   select 1 from person_phone o
    where o.municipality_id = f.municipality_id and o.person_id = f.person_id and o.is_primary and o.ended_at is null
      and (o.added_at, o.phone_index) < (f.added_at, f.phone_index)));
create unique index person_phone_primary on person_phone (municipality_id, person_id) where is_primary and ended_at is null;

-- How a telephone answers, whoever uses it: failures for good in a row since it was last reached, and when it was put to sleep.
create table phone_health (
  municipality_id uuid not null references municipality,
  phone_index bytea not null,
  failures integer not null check (failures >= 0),
  failing_since timestamptz,
  failed_at timestamptz,
  reached_at timestamptz,
  asleep_at timestamptz,
  primary key (municipality_id, phone_index),
  check ((failures = 0) = (failing_since is null) and (failures = 0) = (failed_at is null)),
  check (asleep_at is null or failures > 0)
);
-- Numbers that are probably wrong, those that failed last first.
create index phone_health_doubtful on phone_health (municipality_id, failed_at desc, phone_index) where failures >= 2;
call wall('phone_health', 'select, insert, update');

-- What was asked of a number at a visit, and what the person said.
create table phone_question (
  municipality_id uuid not null,
  question_id uuid not null,
  person_id uuid not null,
  phone_index bytea not null,
  answer text not null check (answer in ('still', 'changed', 'gone', 'later')),
  asked_at timestamptz not null,
  asked_by uuid not null,
  primary key (municipality_id, question_id),
  foreign key (municipality_id, person_id) references person
);
create index phone_question_person on phone_question (municipality_id, person_id, asked_at desc);
call wall('phone_question', 'select, insert');

create table person_email (
  municipality_id uuid not null,
  person_id uuid not null,
  email_index bytea not null,
  email_sealed bytea not null,
  added_at timestamptz not null,
  verified_at timestamptz,
  ended_at timestamptz,
  primary key (municipality_id, person_id, email_index),
  foreign key (municipality_id, person_id) references person
);
create unique index person_email_now on person_email (municipality_id, person_id) where ended_at is null;
create index person_email_index on person_email (municipality_id, email_index);
call wall('person_email', 'select, insert, update');

-- By which ways somebody wants to be told; whoever has said nothing is told by SMS.
create table contact_preference (
  municipality_id uuid not null,
  person_id uuid not null,
  channels text not null check (channels in ('sms', 'sms+email', 'portal')),
  changed_at timestamptz not null,
  changed_by_kind text not null,
  changed_by text not null,
  primary key (municipality_id, person_id),
  foreign key (municipality_id, person_id) references person
);
call wall('contact_preference', 'select, insert, update');

-- A code on its way to a number or an address that somebody says is theirs.
create table contact_code (
  municipality_id uuid not null,
  code_id uuid not null,
  person_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  to_index bytea not null,
  to_sealed bytea not null,
  -- what is said of the number, kept until it is proven
  label text not null,
  code_hash bytea not null,
  tries smallint not null,
  sent_at timestamptz not null,
  sent_by_kind text not null,
  sent_by text not null,
  used_at timestamptz,
  primary key (municipality_id, code_id),
  foreign key (municipality_id, person_id) references person
);
create index contact_code_person on contact_code (municipality_id, person_id, sent_at desc);
create index contact_code_to on contact_code (municipality_id, to_index, sent_at desc);
call wall('contact_code', 'select, insert, update');

-- Kinds of messages that are not sent to a telephone or an address, by the wish of whoever has it.
create table message_opt_out (
  municipality_id uuid not null references municipality,
  -- as message.to_index: of a telephone or of an e-mail address
  to_index bytea not null,
  kind text not null check (kind in ('step', 'thread', 'bill', 'reminder', 'survey', 'awareness')),
  since timestamptz not null,
  -- 'portal', 'counter', 'sms'
  way text not null check (way in ('portal', 'counter', 'sms')),
  by_kind text not null,
  by_id text not null,
  ended_at timestamptz,
  primary key (municipality_id, to_index, kind)
);
call wall('message_opt_out', 'select, insert, update');

-- Whereby a person is told now, one row always: the number messages go to, of the record that stands where records were merged.
create function reach_of(p_person uuid) returns table (
    phone_sealed bytea, phone_index bytea, is_shared boolean, is_asleep boolean, channels text, email_sealed bytea, email_index bytea)
  language sql stable as $$
  with who as materialized (
    select (select same_person(p_person)) as records
  )
  select f.phone_sealed, f.phone_index, coalesce(f.is_shared, false), coalesce(h.asleep_at is not null, false), coalesce(c.channels, 'sms'),
         e.email_sealed, e.email_index
    from who
    left join lateral (
      select p.phone_sealed, p.phone_index, p.is_shared from person_phone p
       where p.municipality_id = current_town() and p.person_id = any(who.records) and p.is_primary and p.ended_at is null
       order by p.person_id <> who.records[1], p.added_at desc limit 1) f on true
    left join phone_health h on h.municipality_id = current_town() and h.phone_index = f.phone_index
    left join lateral (
      select p.channels from contact_preference p
       where p.municipality_id = current_town() and p.person_id = any(who.records)
       order by p.person_id <> who.records[1], p.changed_at desc limit 1) c on true
    left join lateral (
      select p.email_sealed, p.email_index from person_email p
       where p.municipality_id = current_town() and p.person_id = any(who.records) and p.ended_at is null and p.verified_at is not null
       order by p.person_id <> who.records[1], p.added_at desc limit 1) e on true
$$;
grant execute on function reach_of to shubbak_app;
