-- the accounts' side of the treasury: money on account, exemptions, transfers of debt, instalment plans. Nothing of the books is edited: each
-- of these is a voucher, and a row that says why.

-- What of a charge was settled by something else than a receipt, and by which voucher. `charge.settled_minor` is receipts and these.
create table charge_relief (
  municipality_id uuid not null,
  relief_id uuid not null,
  -- 'credit': from money on account; 'exemption': let off by a decision; 'transfer': owed by another from now on
  kind text not null check (kind in ('credit', 'exemption', 'transfer')),
  charge_id uuid not null,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  voucher_id uuid not null,
  -- which credit, decision or transfer it came from
  credit_id uuid,
  exemption_id uuid,
  transfer_id uuid,
  at timestamptz not null,
  by_kind text not null,
  by_id text not null,
  -- the counter-entry that took it back
  reversed_by uuid,
  primary key (municipality_id, relief_id),
  foreign key (municipality_id, charge_id) references charge,
  foreign key (municipality_id, voucher_id) references voucher,
  foreign key (municipality_id, credit_id) references account_credit,
  check ((kind = 'credit') = (credit_id is not null)),
  check ((kind = 'exemption') = (exemption_id is not null)),
  check ((kind = 'transfer') = (transfer_id is not null))
);
create index charge_relief_charge on charge_relief (municipality_id, charge_id);
create index charge_relief_voucher on charge_relief (municipality_id, voucher_id);
call wall('charge_relief', 'select, insert');
grant update (reversed_by) on charge_relief to shubbak_app;

-- إعفاء: a decision lets somebody, an account or everybody off a share or a sum of a kind of due, between two days.
create table exemption (
  municipality_id uuid not null references municipality,
  exemption_id uuid not null,
  -- every kind, person, account where null
  due_kind text,
  person_id uuid,
  account_id uuid,
  percent integer check (percent between 1 and 100),
  currency text check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint check (amount_minor > 0),
  decision text not null,
  reason text not null,
  valid_from date not null,
  valid_until date,
  granted_by uuid not null,
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  check ((percent is null) <> (amount_minor is null)),
  check ((amount_minor is null) = (currency is null)),
  check (person_id is not null or account_id is not null or due_kind is not null),
  primary key (municipality_id, exemption_id),
  foreign key (municipality_id, person_id) references person,
  foreign key (municipality_id, account_id) references account
);
create index exemption_person on exemption (municipality_id, person_id) where person_id is not null;
create index exemption_account on exemption (municipality_id, account_id) where account_id is not null;
create index exemption_granted on exemption (municipality_id, granted_at desc);
call wall('exemption', 'select, insert');
grant update (ended_at, ended_by) on exemption to shubbak_app;

-- نقل ذمة: what one owes is owed by another from now on, with the reason and the proof.
create table debt_transfer (
  municipality_id uuid not null references municipality,
  transfer_id uuid not null,
  from_person uuid not null,
  to_person uuid not null,
  reason text not null,
  proof text not null,
  decision text,
  by_id uuid not null,
  at timestamptz not null,
  primary key (municipality_id, transfer_id),
  foreign key (municipality_id, from_person) references person,
  foreign key (municipality_id, to_person) references person
);
create index debt_transfer_from on debt_transfer (municipality_id, from_person, at);
create index debt_transfer_to on debt_transfer (municipality_id, to_person, at);
call wall('debt_transfer', 'select, insert');

-- تقسيط: an agreement in one currency over charges, in instalments whose sum is exactly what was open of them.
create table instalment_plan (
  municipality_id uuid not null references municipality,
  plan_id uuid not null,
  number integer not null,
  year integer not null,
  person_id uuid not null,
  currency text not null check (currency in ('ILS', 'JOD', 'USD')),
  amount_minor bigint not null check (amount_minor > 0),
  -- days an instalment may be late before the plan is broken: the town's rule of the day it was agreed
  grace_days integer not null check (grace_days >= 0),
  state text not null check (state in ('proposed', 'agreed', 'refused', 'ended')),
  note text not null,
  decision text,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_why text,
  check ((state = 'proposed') = (decided_by is null)),
  check (state <> 'agreed' or decision is not null),
  primary key (municipality_id, plan_id),
  foreign key (municipality_id, person_id) references person
);
create unique index instalment_plan_number on instalment_plan (municipality_id, year, number);
create index instalment_plan_person on instalment_plan (municipality_id, person_id, proposed_at);
create index instalment_plan_state on instalment_plan (municipality_id, state, proposed_at desc);
call wall('instalment_plan', 'select, insert');
grant update (state, decision, decided_by, decided_at, decided_why) on instalment_plan to shubbak_app;

create table plan_charge (
  municipality_id uuid not null,
  plan_id uuid not null,
  charge_id uuid not null,
  -- what was open of it when the plan was proposed
  amount_minor bigint not null check (amount_minor > 0),
  primary key (municipality_id, plan_id, charge_id),
  foreign key (municipality_id, plan_id) references instalment_plan,
  foreign key (municipality_id, charge_id) references charge
);
create index plan_charge_charge on plan_charge (municipality_id, charge_id);
call wall('plan_charge', 'select, insert');

create table instalment (
  municipality_id uuid not null,
  plan_id uuid not null,
  number integer not null check (number > 0),
  due_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  reminded_at timestamptz,
  primary key (municipality_id, plan_id, number),
  foreign key (municipality_id, plan_id) references instalment_plan
);
create index instalment_due on instalment (municipality_id, due_on) where reminded_at is null;
call wall('instalment', 'select, insert');
grant update (reminded_at) on instalment to shubbak_app;

alter table charge_relief add foreign key (municipality_id, exemption_id) references exemption;
alter table charge_relief add foreign key (municipality_id, transfer_id) references debt_transfer;

-- The ages of what is open, kind by kind, read off one index.
create index charge_open on charge (municipality_id, due_kind, currency, due_on) include (amount_minor, settled_minor)
  where cancelled_at is null and settled_minor < amount_minor;
-- The exceptions by name, the newest first.
create index dues_exception_granted on dues_exception (municipality_id, granted_at desc);
-- What hangs on a receipt's voucher, for the number of the document in a statement.
create index receipt_voucher on receipt (municipality_id, voucher_id);
create index charge_voucher on charge (municipality_id, voucher_id);
-- All that was ever charged, for a statement: to a person, and on an account.
create index charge_of_debtor on charge (municipality_id, debtor_id);
create index charge_of_account on charge (municipality_id, account_id, raised_at);
