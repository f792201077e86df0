-- messaging: proof of what was said. Lists by state, kind and template; what still needs a look; what goes by post; the figures of each day.
drop index message_trouble;
create index message_of_state on message (municipality_id, state, planned_at desc, message_id desc)
  where state in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out', 'expired', 'cancelled');
create index message_of_kind on message (municipality_id, kind, planned_at desc, message_id desc);
create index message_of_template on message (municipality_id, template, planned_at desc, message_id desc);
-- what nobody has settled: of what is said to many, the report of its bulletin tells; who wanted none got none, unless the law has it told
create index message_trouble on message (municipality_id, state, planned_at desc, message_id desc)
  where lane = 1 and settled_how is null and state in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out')
    and (state <> 'opted-out' or kind = 'legal');
-- notices of law that reached nobody by telephone
create index message_post on message (municipality_id, planned_at, message_id)
  where kind = 'legal' and settled_how is null and state in ('failed', 'unaddressed', 'opted-out');
create index message_posted on message (municipality_id, settled_at desc, message_id desc)
  where kind = 'legal' and settled_how in ('post', 'counter');

-- What was said on a day of the town, counted again while reports still come. Empty text where there is none.
create table message_day (
  municipality_id uuid not null references municipality,
  day date not null,
  channel text not null,
  kind text not null,
  service text not null,
  provider text not null,
  state text not null,
  cause text not null,
  currency text not null,
  messages integer not null,
  -- of those that were handed over
  parts integer not null,
  -- thousandths of the minor unit
  price_milli bigint not null,
  counted_at timestamptz not null,
  primary key (municipality_id, day, channel, kind, service, provider, state, cause, currency)
);
call wall('message_day', 'select, insert, update, delete');

-- How good the town's numbers are, day by day.
create table message_number_day (
  municipality_id uuid not null references municipality,
  day date not null,
  numbers integer not null,
  verified integer not null,
  shared integer not null,
  -- failed for good lately, and not reached since
  failing integer not null,
  asleep integer not null,
  primary key (municipality_id, day)
);
call wall('message_number_day', 'select, insert, update');
