-- the till: books, sessions with their counts, several tenders on one receipt, cheques kept until cleared, credit on account.

-- What a serial belongs to (دفتر). A till writes from one printed book; a hand-written book has the serials printed on its pages.
create table receipt_book (
  municipality_id uuid not null references municipality,
  book text not null check (book ~ '^[A-Za-z0-9]{1,12}$'),
  kind text not null check (kind in ('printed', 'hand-written', 'online')),
  description text not null,
  first_serial integer check (first_serial > 0),
  last_serial integer,
  active boolean not null,
  added_at timestamptz not null,
  -- nobody where the program added it itself: the first book of a town, the book of what comes in online
  added_by uuid,
  primary key (municipality_id, book),
  check ((kind = 'hand-written') = (first_serial is not null and last_serial is not null)),
  check (last_serial >= first_serial)
);
call wall('receipt_book', 'select, insert');
grant update (active) on receipt_book to shubbak_app;

-- A collector's time at a till, from the float to the count, and from the count to the treasurer's hand.
create table till_session (
  municipality_id uuid not null references municipality,
  session_id uuid not null,
  -- the till is named after its book
  book text not null,
  collector_id uuid not null,
  opened_at timestamptz not null,
  -- counted: [{tender, currency, minor, notes: {face value in minor units: how many}}]
  float jsonb not null,
  closed_at timestamptz,
  closed_by uuid,
  counted jsonb,
  -- why the count is not what it should be
  closing_reason text,
  handed_at timestamptz,
  handed_to uuid,
  received jsonb,
  handing_reason text,
  primary key (municipality_id, session_id),
  foreign key (municipality_id, book) references receipt_book,
  check ((closed_at is null) = (counted is null)),
  check (handed_at is null or closed_at is not null),
  check ((handed_at is null) = (handed_to is null)),
  -- nobody takes over from themselves
  check (handed_to <> collector_id)
);
-- One collector has one till, and one till one collector, at a time.
create unique index till_session_of_collector on till_session (municipality_id, collector_id) where closed_at is null;
create unique index till_session_of_book on till_session (municipality_id, book) where closed_at is null;
create index till_session_opened on till_session (municipality_id, opened_at);
create index till_session_waiting on till_session (municipality_id, closed_at) where closed_at is not null and handed_at is null;
call wall('till_session', 'select, insert');
grant update (closed_at, closed_by, counted, closing_reason, handed_at, handed_to, received, handing_reason) on till_session to shubbak_app;

-- What was counted stays counted: a closed session is never opened again, one handed over never changed.
create function keep_closed_session() returns trigger language plpgsql as $$
begin
  if old.handed_at is not null
     or (old.closed_at is not null and (new.closed_at, new.closed_by, new.counted, new.closing_reason)
         is distinct from (old.closed_at, old.closed_by, old.counted, old.closing_reason)) then
    raise exception 'till session % is closed', old.session_id using errcode = 'check_violation', constraint = 'till_session_closed';
  end if;
  return new;
end $$;
create trigger till_session_closed before update on till_session for each row execute function keep_closed_session();

alter table voucher drop constraint voucher_kind_check;
alter table voucher add constraint voucher_kind_check check (kind in (
  'charge', 'receipt', 'counter-entry', 'transfer', 'opening',
  -- of the till
  'float', 'closing', 'hand-over', 'cheque',
  -- of accounts
  'allocation', 'refund', 'exemption'));
-- In whose drawer the money of this voucher lies; none where none came over a counter.
alter table voucher add column session_id uuid;
alter table voucher add foreign key (municipality_id, session_id) references till_session;
create index voucher_session on voucher (municipality_id, session_id) where session_id is not null;

alter table receipt add column session_id uuid;
alter table receipt add foreign key (municipality_id, session_id) references till_session;
-- written by hand on a numbered page, entered later: its serial was printed, not counted here
alter table receipt add column hand_written boolean not null default false;
-- who typed it in, where that is not the collector who wrote it
alter table receipt add column entered_by uuid;
-- nobody collects what comes in online
alter table receipt alter column collector_id drop not null;
create index receipt_session on receipt (municipality_id, session_id, received_at) where session_id is not null;
create index receipt_entered on receipt (municipality_id, entered_at);
create unique index receipt_page on receipt (municipality_id, book, serial) where hand_written;
update receipt set tender = jsonb_build_object(
  'tenders', jsonb_build_array(tender - 'rates'), 'rates', coalesce(tender->'rates', '[]'::jsonb));
comment on column receipt.tender is '{tenders: [what was handed over, by kind], rates: [those it rests on, with who set them]}';

-- A line pays a charge, or puts money on an account.
alter table receipt_line alter column charge_id drop not null;
alter table receipt_line add column credit_id uuid;
alter table receipt_line add check ((charge_id is null) <> (credit_id is null));

-- Money on account: of the account it lies on, to be laid on charges later.
create table account_credit (
  municipality_id uuid not null,
  credit_id uuid not null,
  account_id uuid not null,
  person_id uuid,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  -- laid on charges, given back, or taken back with the receipt
  used_minor bigint not null check (used_minor >= 0 and used_minor <= amount_minor),
  at timestamptz not null,
  voucher_id uuid not null,
  primary key (municipality_id, credit_id),
  foreign key (municipality_id, account_id) references account,
  foreign key (municipality_id, voucher_id) references voucher
);
create index account_credit_free on account_credit (municipality_id, account_id, at) where used_minor < amount_minor;
create index account_credit_person on account_credit (municipality_id, person_id) where used_minor < amount_minor;
call wall('account_credit', 'select, insert');
grant update (used_minor) on account_credit to shubbak_app;
alter table receipt_line add foreign key (municipality_id, credit_id) references account_credit;

-- A cheque lies in a ledger of its own until the bank has cleared it.
create table cheque (
  municipality_id uuid not null,
  cheque_id uuid not null,
  receipt_id uuid not null,
  drawer text not null,
  bank text not null,
  branch text not null,
  number text not null,
  due_on date not null,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  -- void: went back to the drawer together with its receipt
  state text not null check (state in ('held', 'cleared', 'returned', 'void')),
  settled_at timestamptz,
  settled_by text,
  reason text,
  primary key (municipality_id, cheque_id),
  foreign key (municipality_id, receipt_id) references receipt
);
create index cheque_due on cheque (municipality_id, state, due_on);
create index cheque_receipt on cheque (municipality_id, receipt_id);
create unique index cheque_once on cheque (municipality_id, bank, branch, number, drawer) where state in ('held', 'cleared');
call wall('cheque', 'select, insert');
grant update (state, settled_at, settled_by, reason) on cheque to shubbak_app;

-- What a returned cheque had settled, and opened again by its return.
create table cheque_return (
  municipality_id uuid not null,
  cheque_id uuid not null,
  line integer not null,
  charge_id uuid,
  credit_id uuid,
  amount_minor bigint not null check (amount_minor > 0),
  voucher_id uuid not null,
  primary key (municipality_id, cheque_id, line),
  foreign key (municipality_id, cheque_id) references cheque,
  foreign key (municipality_id, charge_id) references charge,
  foreign key (municipality_id, credit_id) references account_credit,
  foreign key (municipality_id, voucher_id) references voucher,
  check ((charge_id is null) <> (credit_id is null))
);
create index cheque_return_charge on cheque_return (municipality_id, charge_id) where charge_id is not null;
call wall('cheque_return', 'select, insert');

-- Taking back more than the town's ceiling waits for a second person.
create table reversal_proposal (
  municipality_id uuid not null,
  proposal_id uuid not null,
  receipt_id uuid not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  accepted boolean,
  primary key (municipality_id, proposal_id),
  foreign key (municipality_id, receipt_id) references receipt,
  check (decided_by <> proposed_by or not accepted)
);
create unique index reversal_proposal_open on reversal_proposal (municipality_id, receipt_id) where decided_at is null;
create index reversal_proposal_waiting on reversal_proposal (municipality_id, proposed_at) where decided_at is null;
call wall('reversal_proposal', 'select, insert');
grant update (decided_at, decided_by, accepted) on reversal_proposal to shubbak_app;
