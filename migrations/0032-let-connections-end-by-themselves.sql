-- utilities: connections for a few days, and what feeds back into the network.

alter table subscription
  -- the last day of a temporary connection; it ends by itself the day after
  add column ends_on date,
  -- power in kilowatts of the solar system connected to it
  add column solar_kw numeric(8, 2) check (solar_kw > 0);
create index subscription_ending on subscription (municipality_id, ends_on, subscription_id) where ends_on is not null and closed_at is null;
