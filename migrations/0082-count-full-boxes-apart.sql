-- Since when whoever a message is for has not taken it for now, and how often: tries that came to nothing for other causes do not count. Outside of
-- every index, so that a row is still changed in its place.
alter table message add column later_since timestamptz, add column later_tries integer not null default 0;
