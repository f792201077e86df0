-- catalogue: what a service assumes of the town until the town says so: its time, a paper, a step. Confirmed once, by whom and on what ground.
create table service_confirmation (
  municipality_id uuid not null,
  service_code text not null,
  -- 'time', or the id of a fact the definition asks the town to confirm
  item text not null,
  -- what was confirmed, in the words it stood in: another text is another fact
  words text not null,
  ground text not null,
  confirmed_at timestamptz not null,
  confirmed_by text not null,
  primary key (municipality_id, service_code, item, words)
);
call wall('service_confirmation', 'select, insert');
