-- Ways in of the staff: who somebody is, what they prove it with, who gave them power, and what ends it.

alter table staff
  -- one human has one log-in: found again by the identity number, of which only the index is kept
  add column id_index bytea,
  -- the work's own letter box, in lower case; single sign-on may name them by it
  add column email text,
  -- the password was handed out and not chosen: it works until then, and only to choose another
  add column password_until timestamptz,
  -- none: no authenticator app is enrolled
  alter column totp_sealed drop not null;
create unique index staff_id_number on staff (municipality_id, id_index) where id_index is not null;
create unique index staff_email on staff (municipality_id, email) where email is not null;
create index staff_name on staff (municipality_id, name_ar collate "C", staff_id);

-- A key in a telephone, a computer or on a ring, which signs for its owner after asking them.
create table staff_passkey (
  municipality_id uuid not null,
  credential_id bytea not null,
  staff_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  -- may be carried from device to device, and is
  synced boolean not null,
  backed_up boolean not null,
  name text not null,
  added_at timestamptz not null,
  used_at timestamptz,
  removed_at timestamptz,
  primary key (municipality_id, credential_id),
  foreign key (municipality_id, staff_id) references staff
);
create index staff_passkey_owner on staff_passkey (municipality_id, staff_id, added_at) where removed_at is null;
call wall('staff_passkey', 'select, insert, update');

-- Codes on paper for whoever lost the rest; each opens once.
create table staff_recovery_code (
  municipality_id uuid not null,
  staff_id uuid not null,
  code_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (municipality_id, staff_id, code_hash),
  foreign key (municipality_id, staff_id) references staff
);
call wall('staff_recovery_code', 'select, insert, update, delete');

-- A challenge or state that was answered: it is answered once. Swept once it has run out by itself.
create table proof_used (
  municipality_id uuid not null references municipality,
  proof_hash bytea not null,
  expires_at timestamptz not null,
  primary key (municipality_id, proof_hash)
);
create index proof_used_expiry on proof_used (municipality_id, expires_at);
call wall('proof_used', 'select, insert, delete');

-- What gives power is proposed by one and approved by another.
create table staff_proposal (
  municipality_id uuid not null,
  proposal_id uuid not null,
  kind text not null check (kind in ('add', 'appoint', 'reset', 'sign-on', 'approvers')),
  -- whom it is about, where there is somebody already
  staff_id uuid,
  what jsonb not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  outcome text check (outcome in ('approved', 'refused', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  -- half of a password, for whoever proposed to add the other half to
  half_sealed bytea,
  primary key (municipality_id, proposal_id),
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, proposed_by) references staff,
  foreign key (municipality_id, decided_by) references staff,
  check ((outcome is null) = (decided_at is null)),
  check (decided_by is null or outcome = 'withdrawn' or decided_by <> proposed_by)
);
create index staff_proposal_open on staff_proposal (municipality_id, proposed_at, proposal_id) where outcome is null;
create index staff_proposal_staff on staff_proposal (municipality_id, staff_id, proposed_at);
call wall('staff_proposal', 'select, insert, update');

-- Who else may say who somebody is.
create table sign_on_provider (
  municipality_id uuid not null references municipality,
  provider_id uuid not null,
  name_ar text not null,
  name_en text not null,
  issuer text not null,
  client_id text not null,
  secret_sealed bytea not null,
  for_staff boolean not null,
  for_citizens boolean not null,
  -- what of the staff the claim names
  staff_by text not null check (staff_by in ('login', 'email')),
  staff_claim text not null,
  citizen_claim text not null,
  -- proofs that make a citizen known; empty: none does
  acr text[] not null,
  scope text not null,
  is_on boolean not null,
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (municipality_id, provider_id)
);
call wall('sign_on_provider', 'select, insert, update');

-- The provider's own name for somebody, tied at their first log-in: another who is given their letter box later is not them.
create table sign_on_link (
  municipality_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  kind text not null check (kind in ('staff', 'citizen')),
  subject_id uuid not null,
  linked_at timestamptz not null,
  used_at timestamptz not null,
  primary key (municipality_id, provider_id, kind, subject),
  foreign key (municipality_id, provider_id) references sign_on_provider
);
create unique index sign_on_link_owner on sign_on_link (municipality_id, provider_id, kind, subject_id);
call wall('sign_on_link', 'select, insert, update, delete');

alter table session
  -- password, passkey, recovery, sign-on, pin
  add column how text not null default '',
  add column provider_id uuid,
  add column provider_subject text,
  -- the provider's name for its own log-in, by which it ends ours
  add column provider_sid text,
  -- its word of who came, to show when leaving
  add column id_token_sealed bytea;
create index session_provider on session (municipality_id, provider_id, provider_subject) where provider_id is not null and ended_at is null;

-- A form of somebody who was cut off while writing it: whose it was, and who goes on with it.
alter table parked_form
  add column written_by uuid,
  add column handed_to uuid,
  add column handed_by uuid,
  add column handed_at timestamptz;
create index parked_form_writer on parked_form (municipality_id, written_by, at) where written_by is not null;
create index parked_form_heir on parked_form (municipality_id, handed_to, at) where handed_to is not null;
grant update on parked_form to shubbak_app;

alter table api_key
  add column made_by uuid,
  add column used_at timestamptz,
  add column revoked_by uuid;
create unique index api_key_id on api_key (municipality_id, key_id);
create index api_key_maker on api_key (municipality_id, made_by) where made_by is not null;

-- One kind of act in somebody's place, while they are here: dated, over by itself.
create table delegation (
  municipality_id uuid not null,
  delegation_id uuid not null,
  staff_id uuid not null,
  deputy_id uuid not null,
  office_code text not null,
  act text not null,
  valid_from date not null,
  valid_until date not null,
  reason text not null,
  set_at timestamptz not null,
  set_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (municipality_id, delegation_id),
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, deputy_id) references staff,
  foreign key (municipality_id, office_code) references office,
  check (valid_until >= valid_from and deputy_id <> staff_id)
);
create index delegation_staff on delegation (municipality_id, staff_id, valid_until) where ended_at is null;
create index delegation_deputy on delegation (municipality_id, deputy_id, valid_until) where ended_at is null;
call wall('delegation', 'select, insert, update');

-- Whose place somebody takes today: all of what an absent person's posts reach, or one kind of act that was lent.
create or replace function deputised_by(p_town uuid, p_staff uuid, p_now timestamptz)
  returns json
  language plpgsql as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  return (
    select json_agg(json_build_object('role', r.role, 'office', r.office_code, 'deputy_of', r.staff_id, 'only', r.act)
                    order by r.act nulls first, r.valid_from, r.id, r.appointed_from, r.appointment_id)
      from (
        select a.role, a.office_code, b.staff_id, null::text as act, b.valid_from, b.absence_id as id, a.valid_from as appointed_from, a.appointment_id
          from absence b
          join municipality m on m.municipality_id = b.municipality_id
          cross join lateral (select (p_now at time zone m.time_zone)::date as today) day
          join staff t on t.municipality_id = b.municipality_id and t.staff_id = b.staff_id and t.left_at is null
          join appointment a on a.municipality_id = b.municipality_id and a.staff_id = b.staff_id
         where b.municipality_id = p_town and b.deputy_id = p_staff and b.ended_at is null
           and b.valid_from <= day.today and b.valid_until >= day.today
           and a.valid_from <= day.today and (a.valid_until is null or a.valid_until >= day.today)
        union all
        select a.role, a.office_code, d.staff_id, d.act, d.valid_from, d.delegation_id, a.valid_from, a.appointment_id
          from delegation d
          join municipality m on m.municipality_id = d.municipality_id
          cross join lateral (select (p_now at time zone m.time_zone)::date as today) day
          join staff t on t.municipality_id = d.municipality_id and t.staff_id = d.staff_id and t.left_at is null
          join appointment a on a.municipality_id = d.municipality_id and a.staff_id = d.staff_id and a.office_code = d.office_code
         where d.municipality_id = p_town and d.deputy_id = p_staff and d.ended_at is null
           and d.valid_from <= day.today and d.valid_until >= day.today
           and a.valid_from <= day.today and (a.valid_until is null or a.valid_until >= day.today)
      ) r);
end $$;
