-- destruction: an act keeps the terms of its committee as they were when it was proposed. Null in acts of before: the town's of today.
alter table destruction_act
  add column committee_roles text[],
  -- whole days between the last approval and the act
  add column rest_days integer check (rest_days between 1 and 365);

-- Acts list log-ins by this id (destroy_listed): one is found without reading all of them.
create index session_listed on session (municipality_id, (md5(token_hash)::uuid));
