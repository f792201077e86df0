-- people: what identifies somebody without a number and who lives abroad; what was changed in a record, and why; records of one person
-- that were entered twice. No row of another table moves when two records are merged: same_person() says which belong together, and every
-- list of a person asks it (docs/decisions/0010).

alter table person
  -- sealed JSON: country of the passport, why there is no number and what identifies instead, who answers for somebody abroad
  add column particulars_sealed bytea,
  -- the record this one was merged into, as was decided; undone by taking it away
  add column merged_into uuid,
  -- where the way through merged_into ends: what lists read, kept beside it so that they need not walk
  add column survivor_id uuid,
  add constraint person_merged_into foreign key (municipality_id, merged_into) references person,
  add constraint person_survivor foreign key (municipality_id, survivor_id) references person,
  add check ((merged_into is null) = (survivor_id is null)),
  add check (merged_into <> person_id and survivor_id <> person_id);
create index person_survivor on person (municipality_id, survivor_id) where survivor_id is not null;
create index person_merged_into on person (municipality_id, merged_into) where merged_into is not null;

-- Every record of the person that this one is of, itself among them; of a person nobody knows, the id alone.
create function same_person(p_person uuid) returns uuid[]
  language plpgsql stable parallel safe as $$
declare
  root uuid;
  others uuid[];
begin
  select coalesce(survivor_id, person_id) into root from person
   where municipality_id = current_town() and person_id = p_person;
  if root is null then
    return array[p_person];
  end if;
  select array_agg(person_id) into others from person
   where municipality_id = current_town() and survivor_id = root;
  return root || coalesce(others, '{}');
end $$;
grant execute on function same_person to shubbak_app;

-- What was changed in a record: old and new, sealed as they may hold numbers.
create table person_change (
  municipality_id uuid not null,
  change_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  reason text not null check (reason <> ''),
  fields text[] not null,
  before_sealed bytea not null,
  after_sealed bytea not null,
  primary key (municipality_id, change_id),
  foreign key (municipality_id, person_id) references person
);
create index person_change_person on person_change (municipality_id, person_id, at desc);
call wall('person_change', 'select, insert');

-- Mergings and their undoing.
create table person_merge (
  municipality_id uuid not null,
  merge_id uuid not null,
  merged_id uuid not null,
  into_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  reason text not null check (reason <> ''),
  -- what spoke against it and was overruled: two-log-ins, two-numbers
  despite text[] not null,
  undone_at timestamptz,
  undone_by uuid,
  undone_reason text,
  primary key (municipality_id, merge_id),
  foreign key (municipality_id, merged_id) references person,
  foreign key (municipality_id, into_id) references person,
  check ((undone_at is null) = (undone_by is null))
);
create unique index person_merge_standing on person_merge (municipality_id, merged_id) where undone_at is null;
create index person_merge_into on person_merge (municipality_id, into_id, at desc);
call wall('person_merge', 'select, insert, update');
