-- The town and the wall around it. Every table of a town carries municipality_id first in its keys; the app role sees the rows of the
-- town that its transaction has set (app.municipality), and nothing when it has set none.

create function current_town() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.municipality', true), '')::uuid;

comment on function current_town is 'The town this transaction works for; null outside one. The setting reads '''' after a commit, hence nullif.';

-- Row-level security and grants in one call, so that no table is forgotten. `acts` lists what the app role may do.
create procedure wall(target regclass, acts text)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy town on %s using (municipality_id = current_town()) with check (municipality_id = current_town())', target);
  execute format('grant %s on %s to shubbak_app', acts, target);
end $$;

create table municipality (
  municipality_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
  hosts text[] not null default '{}',
  name_ar text not null,
  name_en text not null,
  time_zone text not null,
  -- phone, address, hours, seal, level names of addresses, calendar: what the town says of itself
  profile jsonb not null,
  is_demo boolean not null,
  created_at timestamptz not null
);
alter table municipality enable row level security;
-- The list of towns is public: the front page of a deployment shows it.
create policy everyone_reads on municipality for select using (true);
create policy town_writes on municipality for insert with check (municipality_id = current_town());
create policy town_changes on municipality for update using (municipality_id = current_town());
grant select, insert, update on municipality to shubbak_app;

-- What the council or the admin sets is a dated series: never edited, corrected by a newer row.
create table setting (
  municipality_id uuid not null references municipality,
  key text not null,
  valid_from date not null,
  setting_id uuid not null,
  value jsonb not null,
  decision text,
  -- false: an unverified default, on the admin's checklist "to be confirmed by the municipality"
  confirmed boolean not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (municipality_id, key, valid_from, setting_id)
);
call wall('setting', 'select, insert');

create table tariff (
  municipality_id uuid not null references municipality,
  key text not null,
  valid_from date not null,
  tariff_id uuid not null,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor >= 0),
  decision text,
  confirmed boolean not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (municipality_id, key, valid_from, tariff_id)
);
call wall('tariff', 'select, insert');

-- Numbers people read: one counter a series and year, taken last in the transaction; no number is missing because the counter rolls back with it.
create table series (
  municipality_id uuid not null references municipality,
  name text not null,
  year integer not null,
  last integer not null,
  primary key (municipality_id, name, year)
);
call wall('series', 'select, insert, update');

create function next_number(series_name text, series_year integer) returns integer
  language sql volatile
  begin atomic
    insert into series as s (municipality_id, name, year, last)
    values (current_town(), series_name, series_year, 1)
    on conflict (municipality_id, name, year) do update set last = s.last + 1
    returning last;
  end;
grant execute on function next_number to shubbak_app;

-- A POST repeated with the same key gives the first answer again.
create table idempotency (
  municipality_id uuid not null references municipality,
  actor text not null,
  key text not null,
  route text not null,
  body_hash bytea not null,
  status integer not null,
  location text,
  answer jsonb,
  at timestamptz not null,
  primary key (municipality_id, actor, key)
);
create index idempotency_at on idempotency (municipality_id, at);
call wall('idempotency', 'select, insert, delete');

-- A form posted after the log-in had expired: kept sealed until its writer is back.
create table parked_form (
  municipality_id uuid not null references municipality,
  token_hash bytea not null,
  address text not null,
  body_sealed bytea not null,
  at timestamptz not null,
  primary key (municipality_id, token_hash)
);
call wall('parked_form', 'select, insert, delete');

create table api_key (
  municipality_id uuid not null references municipality,
  key_hash bytea not null,
  key_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (municipality_id, key_hash)
);
call wall('api_key', 'select, insert, update');
