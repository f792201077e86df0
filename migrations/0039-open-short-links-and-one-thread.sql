-- messaging: short addresses of our own (/s/CODE), for a telephone that has nothing but the message.
create table short_link (
  municipality_id uuid not null,
  link_id uuid not null,
  -- of the code, under the town's own key: who reads the table opens nothing
  code_hash bytea not null,
  -- what it opens: where a request stands, what it owes, one paper it lacks
  kind text not null check (kind in ('track', 'pay', 'paper')),
  request_id uuid not null,
  -- of a paper: which
  about text,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  opened_at timestamptz,
  -- how often something was sent through it
  tries integer not null,
  primary key (municipality_id, link_id),
  foreign key (municipality_id, request_id) references request,
  check ((kind = 'paper') = (about is not null))
);
create unique index short_link_code on short_link (municipality_id, code_hash);
create index short_link_request on short_link (municipality_id, request_id, made_at);
call wall('short_link', 'select, insert');
grant update (opened_at, tries) on short_link to shubbak_app;

-- requests: portal and telephone are one conversation.
alter table letter
  -- how it came, or goes besides the portal
  add column channel text not null default 'portal' check (channel in ('portal', 'sms')),
  -- the message that carries it to the telephone, and the text it came as
  add column message_id uuid,
  add column incoming_id uuid,
  -- held: a second person looks at the words first; returned: they go back to whoever wrote them
  add column state text not null default 'sent' check (state in ('sent', 'held', 'returned')),
  add column reviewed_by uuid,
  add column reviewed_at timestamptz,
  add column review_note text,
  add constraint letter_message foreign key (municipality_id, message_id) references message,
  add constraint letter_incoming foreign key (municipality_id, incoming_id) references incoming_message,
  add constraint letter_second_person check (reviewed_by <> from_id),
  add constraint letter_reviewed check ((reviewed_by is null) = (reviewed_at is null)),
  add constraint letter_held_by_staff check (from_kind = 'staff' or state = 'sent'),
  add constraint letter_not_let_go check (state = 'sent' or read_at is null);
create index letter_held on letter (municipality_id, at, letter_id) where state = 'held';
create unique index letter_of_text on letter (municipality_id, incoming_id) where incoming_id is not null;
