-- signing: who may sign what, up to which amount, by which decision, and for whom a deputy stands in.
create table signing_authority (
  municipality_id uuid not null,
  authority_id uuid not null,
  staff_id uuid not null,
  -- the role an output names as its signer
  role text not null,
  -- certificate, contract, licence, letter; * is any of them
  document_kind text not null check (document_kind in ('certificate', 'contract', 'licence', 'letter', '*')),
  -- list of {currency, minor}; empty is without a ceiling
  ceilings jsonb not null default '[]',
  decision text not null,
  valid_from date not null,
  valid_until date,
  -- the authority a deputy signs under; kind and ceilings are that one's
  deputy_for uuid,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (municipality_id, authority_id),
  foreign key (municipality_id, staff_id) references staff,
  foreign key (municipality_id, deputy_for) references signing_authority,
  check (valid_until is null or valid_until >= valid_from)
);
create index signing_authority_role on signing_authority (municipality_id, role, document_kind);
create index signing_authority_staff on signing_authority (municipality_id, staff_id);
create index signing_authority_deputy on signing_authority (municipality_id, deputy_for) where deputy_for is not null;
call wall('signing_authority', 'select, insert');
-- What was decided stands; only its end may come sooner.
grant update (valid_until) on signing_authority to shubbak_app;

-- The register of what goes out (سجل الصادر): one row a number, without gaps within a year.
create table outgoing (
  municipality_id uuid not null references municipality,
  year integer not null,
  number integer not null,
  title text not null,
  kind text not null,
  certificate_id uuid,
  request_id uuid,
  person_id uuid,
  addressee text not null,
  signed_by uuid not null,
  office text not null,
  -- wet: by hand; sealed: the town's seal on the printed sheet; electronic: as it is
  form text not null check (form in ('wet', 'sealed', 'electronic')),
  entered_at timestamptz not null,
  primary key (municipality_id, year, number),
  foreign key (municipality_id, certificate_id) references certificate deferrable initially deferred
);
create index outgoing_certificate on outgoing (municipality_id, certificate_id) where certificate_id is not null;
create index outgoing_request on outgoing (municipality_id, request_id) where request_id is not null;
call wall('outgoing', 'select, insert');

insert into outgoing (municipality_id, year, number, title, kind, certificate_id, request_id, person_id, addressee, signed_by, office, form,
    entered_at)
  select municipality_id, year, number, data ->> 'title', kind, certificate_id, request_id, person_id, data -> 'holder' ->> 'name', signed_by,
         signed_office, 'electronic', signed_at
    from certificate;

-- A paper that is signed by hand: printed, signed and sealed, and scanned back before anybody gets it.
create table hand_signing (
  municipality_id uuid not null,
  certificate_id uuid not null,
  request_id uuid not null,
  since timestamptz not null,
  printed_at timestamptz,
  printed_by uuid,
  returned_at timestamptz,
  returned_by uuid,
  scan_document_id uuid,
  primary key (municipality_id, certificate_id),
  foreign key (municipality_id, certificate_id) references certificate deferrable initially deferred,
  foreign key (municipality_id, scan_document_id) references document,
  check ((returned_at is null) = (scan_document_id is null))
);
create index hand_signing_open on hand_signing (municipality_id, since) where returned_at is null;
create index hand_signing_request on hand_signing (municipality_id, request_id);
create index hand_signing_scan on hand_signing (municipality_id, scan_document_id) where scan_document_id is not null;
call wall('hand_signing', 'select, insert, update');
