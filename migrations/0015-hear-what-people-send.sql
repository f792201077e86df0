-- messaging, the way in: what people send to the town's number. A provider may hand the same message over twice; it is one by its reference.
create table incoming_message (
  municipality_id uuid not null references municipality,
  incoming_id uuid not null,
  provider text not null,
  provider_ref text not null,
  from_sealed bytea not null,
  from_index bytea not null,
  to_number text not null,
  text text not null,
  -- when the provider says it was sent, and when it came here
  sent_at timestamptz not null,
  received_at timestamptz not null,
  -- the office whose words these were; null: nobody's, and somebody has to read it
  handled_by text,
  reply_id uuid,
  seen_by uuid,
  seen_at timestamptz,
  primary key (municipality_id, incoming_id),
  foreign key (municipality_id, reply_id) references message,
  foreign key (municipality_id, seen_by) references staff,
  check ((seen_by is null) = (seen_at is null))
);
create unique index incoming_message_provider_ref on incoming_message (municipality_id, provider, provider_ref);
create index incoming_message_phone on incoming_message (municipality_id, from_index, received_at desc);
create index incoming_message_unread on incoming_message (municipality_id, received_at) where handled_by is null and seen_at is null;
call wall('incoming_message', 'select, insert');
grant update (handled_by, reply_id, seen_by, seen_at) on incoming_message to shubbak_app;
