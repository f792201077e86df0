-- the outgoing side of the treasury: what was paid is paid back, wholly or in part, by a numbered payment voucher; a deposit may also be
-- turned to what its payer owes. The charge stays settled: it was paid, and this says what became of the money since.

-- سند صرف: money that goes out to somebody, numbered without gaps within the year.
create table payment_voucher (
  municipality_id uuid not null references municipality,
  payment_id uuid not null,
  number integer not null,
  year integer not null,
  person_id uuid not null,
  -- the name as it stood on the day, as the cheque is made out to
  payee text not null,
  way text not null check (way in ('cheque', 'transfer', 'cash')),
  -- number of the cheque or of the transfer, and the bank
  reference text,
  bank text,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  description text not null,
  request_id uuid,
  voucher_id uuid not null,
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  primary key (municipality_id, payment_id),
  foreign key (municipality_id, person_id) references person,
  foreign key (municipality_id, voucher_id) references voucher
);
create unique index payment_voucher_number on payment_voucher (municipality_id, year, number);
-- A request pays once in each currency, however often its step is carried out.
create unique index payment_voucher_request on payment_voucher (municipality_id, request_id, currency) where request_id is not null;
create index payment_voucher_person on payment_voucher (municipality_id, person_id, at);
create index payment_voucher_voucher on payment_voucher (municipality_id, voucher_id);
call wall('payment_voucher', 'select, insert');

-- What became of money that a charge was paid with: together never more than was paid.
create table charge_return (
  municipality_id uuid not null,
  return_id uuid not null,
  -- 'paid-out': by a payment voucher; 'to-account': lies on account now; 'kept': a deposit the town keeps for what it repaired
  kind text not null check (kind in ('paid-out', 'to-account', 'kept')),
  charge_id uuid not null,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  voucher_id uuid not null,
  payment_id uuid,
  credit_id uuid,
  request_id uuid,
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  primary key (municipality_id, return_id),
  foreign key (municipality_id, charge_id) references charge,
  foreign key (municipality_id, voucher_id) references voucher,
  foreign key (municipality_id, payment_id) references payment_voucher,
  foreign key (municipality_id, credit_id) references account_credit,
  check ((kind = 'paid-out') = (payment_id is not null)),
  check ((kind = 'to-account') = (credit_id is not null))
);
create index charge_return_charge on charge_return (municipality_id, charge_id);
create index charge_return_request on charge_return (municipality_id, request_id) where request_id is not null;
call wall('charge_return', 'select, insert');
