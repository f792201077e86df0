-- people: devices a citizen logs in from, codes asked for at a log-in, failures by address, what was shown at the counter,
-- registrations of their own, and mandates by which somebody acts in another's place.

-- Whether a log-in was given to somebody seen at the counter, or taken by who so far only says who they are.
alter table citizen_login
  add column level text not null default 'verified' check (level in ('claimed', 'verified')),
  -- of a log-in that was only claimed: the telephone it is entered by, and the number they say is theirs
  add column phone_index bytea,
  add column claimed_id_index bytea,
  add column claimed_id_sealed bytea;
alter table citizen_login alter column level drop default;
alter table citizen_login add check ((level = 'claimed') = (phone_index is not null));
create unique index citizen_login_phone on citizen_login (municipality_id, phone_index) where phone_index is not null;
create index citizen_login_claimed on citizen_login (municipality_id, claimed_id_index) where claimed_id_index is not null;

-- A browser a person logged in from. Its own failures are counted apart from those of strangers, so that nobody shuts another out.
create table citizen_device (
  municipality_id uuid not null,
  device_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  name text not null,
  -- by what it became known: a code to their telephone, or nothing but the PIN where they have none that can be asked
  known_by text not null check (known_by in ('code', 'pin')),
  -- the person said that it is theirs: no code is asked there
  is_trusted boolean not null,
  failures integer not null,
  locked_until timestamptz,
  first_at timestamptz not null,
  last_at timestamptz not null,
  ended_at timestamptz,
  primary key (municipality_id, device_id),
  foreign key (municipality_id, person_id) references person
);
create unique index citizen_device_token on citizen_device (municipality_id, token_hash, person_id) where ended_at is null;
create index citizen_device_person on citizen_device (municipality_id, person_id, last_at desc);
call wall('citizen_device', 'select, insert, update');

-- A code somebody is to read out of their telephone: on a new device, for their first registration, to accept a mandate.
create table log_in_code (
  municipality_id uuid not null references municipality,
  code_id uuid not null,
  purpose text not null check (purpose in ('device', 'known', 'register', 'mandate')),
  person_id uuid,
  to_index bytea not null,
  to_sealed bytea not null,
  -- what is kept until the code was typed: a registration
  held_sealed bytea,
  code_hash bytea not null,
  tries smallint not null,
  sent_at timestamptz not null,
  -- blind index of the address of the net it was asked from
  asked_from bytea,
  used_at timestamptz,
  primary key (municipality_id, code_id)
);
create index log_in_code_person on log_in_code (municipality_id, person_id, sent_at desc) where person_id is not null;
create index log_in_code_to on log_in_code (municipality_id, to_index, sent_at desc);
create index log_in_code_from on log_in_code (municipality_id, asked_from, sent_at desc) where asked_from is not null;
create index log_in_code_sent on log_in_code (municipality_id, sent_at);
call wall('log_in_code', 'select, insert, update, delete');

-- Whose log-in was tried in vain from where: one row for each person and address, both as blind indexes.
create table log_in_failure (
  municipality_id uuid not null references municipality,
  address_index bytea not null,
  subject_index bytea not null,
  at timestamptz not null,
  primary key (municipality_id, address_index, subject_index)
);
create index log_in_failure_at on log_in_failure (municipality_id, at);
call wall('log_in_failure', 'select, insert, update, delete');

-- What somebody showed before a PIN was handed to them, and why they were given one.
create table identity_check (
  municipality_id uuid not null,
  check_id uuid not null,
  person_id uuid not null,
  purpose text not null check (purpose in ('first', 'recovery', 'upgrade')),
  shown text not null check (shown in ('card', 'passport', 'witnesses')),
  -- number of the passport, names of the witnesses
  detail_sealed bytea,
  reason text,
  at timestamptz not null,
  by_id uuid,
  primary key (municipality_id, check_id),
  foreign key (municipality_id, person_id) references person
);
create index identity_check_person on identity_check (municipality_id, person_id, at desc);
call wall('identity_check', 'select, insert');

-- Who may act in whose place, in what and until when; both see it and either ends it.
create table mandate (
  municipality_id uuid not null,
  mandate_id uuid not null,
  principal_id uuid not null,
  agent_id uuid not null,
  acts text[] not null check (cardinality(acts) > 0 and acts <@ array['requests', 'file', 'dues', 'pay', 'collect']),
  -- any service where null
  services text[] check (cardinality(services) > 0),
  valid_from date not null,
  valid_until date,
  made_at timestamptz not null,
  made_how text not null check (made_how in ('portal', 'counter')),
  made_by_kind text not null,
  made_by text not null,
  -- at the counter: the paper that proves it
  proof_sealed bytea,
  accepted_at timestamptz,
  ended_at timestamptz,
  ended_by_kind text,
  ended_by text,
  primary key (municipality_id, mandate_id),
  foreign key (municipality_id, principal_id) references person (municipality_id, person_id),
  foreign key (municipality_id, agent_id) references person (municipality_id, person_id),
  check (principal_id <> agent_id),
  check (valid_until is null or valid_until >= valid_from),
  check (made_how = 'portal' or proof_sealed is not null)
);
create index mandate_principal on mandate (municipality_id, principal_id, made_at desc);
create index mandate_agent on mandate (municipality_id, agent_id, made_at desc);
call wall('mandate', 'select, insert, update');

alter table session
  -- of a citizen; whoever has shown nothing is claimed
  add column level text check (level in ('claimed', 'verified')),
  add column device_id uuid,
  -- in whose place they act in this session
  add column mandate_id uuid;
update session set level = 'verified' where subject_kind = 'citizen';

-- What a citizen is in this session, and in whose place they act where that mandate still holds. Sets the town itself, as visitor_of does.
create function citizen_standing(p_town uuid, p_token_hash bytea, p_now timestamptz)
  returns json
  language plpgsql as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  return (
    select json_build_object('level', s.level, 'place', case when d.mandate_id is not null then json_build_object(
             'mandateId', d.mandate_id, 'personId', coalesce(p.survivor_id, p.person_id), 'name', p.display_name, 'acts', d.acts,
             'services', d.services) end)
      from session s
      join municipality m on m.municipality_id = s.municipality_id
      cross join lateral (select (p_now at time zone m.time_zone)::date as today) day
      left join mandate d on d.municipality_id = s.municipality_id and d.mandate_id = s.mandate_id
           and d.agent_id = any((select same_person(s.subject_id))::uuid[])
           and d.accepted_at is not null and d.ended_at is null and d.valid_from <= day.today
           and (d.valid_until is null or d.valid_until >= day.today)
      left join person p on p.municipality_id = d.municipality_id and p.person_id = d.principal_id
     where s.municipality_id = p_town and s.token_hash = p_token_hash);
end $$;
grant execute on function citizen_standing to shubbak_app;
