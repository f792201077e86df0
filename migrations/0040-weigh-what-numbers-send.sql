-- messaging, the way in: how much a number writes and guesses, and what the staff did with what nobody understood.
create table incoming_number (
  municipality_id uuid not null references municipality,
  phone_index bytea not null,
  -- texts since an hour and since a day began with the first of them; those beyond the limits too
  hour_from timestamptz not null,
  in_hour integer not null,
  day_from timestamptz not null,
  in_day integer not null,
  -- texts beyond the limits, ever: counted, never kept
  dropped bigint not null,
  -- when it was last told that it writes too much
  told_at timestamptz,
  -- numbers asked for that are none of theirs, the last of them, how often that locked the answers, and until when
  wrong smallint not null,
  wrong_at timestamptz,
  locks smallint not null,
  locked_until timestamptz,
  primary key (municipality_id, phone_index)
);
call wall('incoming_number', 'select, insert, update');

alter table incoming_message
  -- when the offices heard it; null: it came, and whoever took it in ended before
  add column heard_at timestamptz,
  -- whose hands it is in, of those nobody understood
  add column taken_by uuid,
  add column taken_at timestamptz,
  -- the request whose conversation it is part of
  add column request_id uuid,
  -- what the staff wrote back, and what was done with it
  add column answer_id uuid,
  add column settled_how text check (settled_how in ('read', 'answered', 'linked', 'called')),
  add foreign key (municipality_id, taken_by) references staff,
  add foreign key (municipality_id, request_id) references request,
  add foreign key (municipality_id, answer_id) references message,
  add check ((taken_by is null) = (taken_at is null));
update incoming_message set heard_at = received_at, settled_how = case when seen_at is not null then 'read' end;
grant update (heard_at, taken_by, taken_at, request_id, answer_id, settled_how) on incoming_message to shubbak_app;
