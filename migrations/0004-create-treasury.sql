-- treasury: numbered accounts, double entry, charges and receipts. Money is an integer of minor units with its currency.

create table account (
  municipality_id uuid not null references municipality,
  account_id uuid not null,
  number text not null,
  -- kind of due: electricity, water, waste, property, rent, licence, fees …: the town's data
  kind text not null,
  -- what it is tied to: subscription, parcel, licence, shop, or person
  object_kind text not null,
  object_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- 'own' or 'import:NAME'; an imported balance warns, it never holds
  source text not null,
  as_of timestamptz,
  primary key (municipality_id, account_id)
);
create unique index account_number on account (municipality_id, number);
create unique index account_object on account (municipality_id, object_id, kind);
call wall('account', 'select, insert, update');

create table account_holder (
  municipality_id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  capacity text not null,
  valid_from date not null,
  valid_until date,
  primary key (municipality_id, account_id, person_id, valid_from),
  foreign key (municipality_id, account_id) references account,
  foreign key (municipality_id, person_id) references person
);
create index account_holder_person on account_holder (municipality_id, person_id);
call wall('account_holder', 'select, insert, update');

create table voucher (
  municipality_id uuid not null references municipality,
  voucher_id uuid not null,
  kind text not null check (kind in ('charge', 'receipt', 'counter-entry', 'transfer', 'opening')),
  -- when it happened, and when it was entered (a hand-written receipt is entered later)
  at timestamptz not null,
  entered_at timestamptz not null,
  description text not null,
  by_kind text not null,
  by_id text not null,
  request_id uuid,
  reverses uuid,
  primary key (municipality_id, voucher_id)
);
create index voucher_at on voucher (municipality_id, at);
create unique index voucher_reverses on voucher (municipality_id, reverses) where reverses is not null;
call wall('voucher', 'select, insert');

create table voucher_line (
  municipality_id uuid not null,
  voucher_id uuid not null,
  line integer not null,
  -- cash:BOOK, receivable:KIND, income:KIND, deposit:KIND, exchange, rounding
  ledger text not null,
  account_id uuid,
  charge_id uuid,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  -- debit positive, credit negative
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (municipality_id, voucher_id, line),
  foreign key (municipality_id, voucher_id) references voucher
);
create index voucher_line_account on voucher_line (municipality_id, account_id, currency) where account_id is not null;
create index voucher_line_ledger on voucher_line (municipality_id, ledger, currency);
call wall('voucher_line', 'select, insert');

-- The database itself refuses a voucher that does not balance in each currency. It judges all of its lines: as the app role, a transaction
-- that unset its town before the end would have shown the judge none of them.
create function refuse_unbalanced_voucher() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare off record;
begin
  select currency, sum(amount_minor) as rest into off
    from voucher_line
   where municipality_id = new.municipality_id and voucher_id = new.voucher_id
   group by currency having sum(amount_minor) <> 0 limit 1;
  if found then
    raise exception 'voucher % does not balance: % % off', new.voucher_id, off.rest, off.currency
      using errcode = 'check_violation', constraint = 'voucher_balances';
  end if;
  return null;
end $$;
create constraint trigger voucher_balances after insert on voucher_line
  deferrable initially deferred for each row
  execute function refuse_unbalanced_voucher();

create table charge (
  municipality_id uuid not null,
  charge_id uuid not null,
  account_id uuid not null,
  debtor_id uuid not null,
  request_id uuid,
  fee_id text,
  fee_point text,
  due_kind text not null,
  label_ar text not null,
  label_en text not null,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  settled_minor bigint not null default 0 check (settled_minor >= 0 and settled_minor <= amount_minor),
  refundable boolean not null,
  -- how the amount came about: tariff, formula, names read
  reasons jsonb not null,
  raised_at timestamptz not null,
  due_on date not null,
  voucher_id uuid not null,
  -- set when a counter-entry took the charge back
  cancelled_at timestamptz,
  primary key (municipality_id, charge_id),
  foreign key (municipality_id, account_id) references account,
  foreign key (municipality_id, voucher_id) references voucher
);
create index charge_account on charge (municipality_id, account_id, due_on) where cancelled_at is null and settled_minor < amount_minor;
create index charge_debtor on charge (municipality_id, debtor_id, due_on) where cancelled_at is null and settled_minor < amount_minor;
create index charge_request on charge (municipality_id, request_id) where request_id is not null;
call wall('charge', 'select, insert');
grant update (settled_minor, cancelled_at) on charge to shubbak_app;

create table receipt (
  municipality_id uuid not null,
  receipt_id uuid not null,
  -- gapless serial in each book and year
  book text not null,
  year integer not null,
  serial integer not null,
  payer_id uuid,
  payer_name text not null,
  received_at timestamptz not null,
  entered_at timestamptz not null,
  collector_id uuid not null,
  -- tender, money handed over, change, exchange rate and who set it
  tender jsonb not null,
  request_id uuid,
  voucher_id uuid not null,
  -- a receipt is never edited: a counter-entry takes it back
  reversed_by uuid,
  -- the first sheet printed is the receipt; every later one says «نسخة»
  printed_at timestamptz,
  primary key (municipality_id, receipt_id),
  foreign key (municipality_id, voucher_id) references voucher
);
create unique index receipt_serial on receipt (municipality_id, book, year, serial);
create index receipt_payer on receipt (municipality_id, payer_id, received_at desc);
create index receipt_request on receipt (municipality_id, request_id) where request_id is not null;
create index receipt_received on receipt (municipality_id, received_at);
call wall('receipt', 'select, insert');
grant update (reversed_by, printed_at) on receipt to shubbak_app;

create table receipt_line (
  municipality_id uuid not null,
  receipt_id uuid not null,
  line integer not null,
  charge_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- what was handed over for it, when in another currency
  paid_currency text not null,
  paid_minor bigint not null,
  rate numeric,
  primary key (municipality_id, receipt_id, line),
  foreign key (municipality_id, receipt_id) references receipt,
  foreign key (municipality_id, charge_id) references charge
);
create index receipt_line_charge on receipt_line (municipality_id, charge_id);
call wall('receipt_line', 'select, insert');

create table exchange_rate (
  municipality_id uuid not null references municipality,
  currency text not null check (currency in ('JOD', 'USD')),
  valid_from timestamptz not null,
  -- shekels for one unit
  rate numeric(12, 6) not null check (rate > 0),
  set_by uuid not null,
  primary key (municipality_id, currency, valid_from)
);
call wall('exchange_rate', 'select, insert');

-- استثناء مع بقاء الذمة: a named officer lets one request pass; the debt stays.
create table dues_exception (
  municipality_id uuid not null,
  exception_id uuid not null,
  request_id uuid,
  draft_id uuid,
  person_id uuid not null,
  scope text not null check (scope in ('dues', 'fee')),
  fee_point text,
  granted_by uuid not null,
  reason text not null,
  granted_at timestamptz not null,
  primary key (municipality_id, exception_id)
);
create index dues_exception_request on dues_exception (municipality_id, request_id);
create index dues_exception_draft on dues_exception (municipality_id, draft_id);
call wall('dues_exception', 'select, insert');
grant update (request_id) on dues_exception to shubbak_app;
