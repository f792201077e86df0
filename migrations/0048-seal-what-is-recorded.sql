-- seal: one Merkle log for each town (RFC 6962). What is sealed: every audit row, document, certificate and receipt. A job gives each the
-- next place in the log once its transaction is older than every open one; no act waits for it. Rows are added, never changed.

-- Like the audit's own: orders what is to be sealed without a lock.
alter table document add column xid xid8 not null default pg_current_xact_id();
alter table certificate add column xid xid8 not null default pg_current_xact_id();
alter table receipt add column xid xid8 not null default pg_current_xact_id();
create index document_xid on document (municipality_id, xid, document_id);
create index certificate_xid on certificate (municipality_id, xid, certificate_id);
create index receipt_xid on receipt (municipality_id, xid, receipt_id);

-- The auditor asks what somebody did, and when something was done; ids carry their instant.
create index audit_actor on audit (municipality_id, actor_kind, actor_id, audit_id);
create index audit_act on audit (municipality_id, act, audit_id);

create table seal_leaf (
  municipality_id uuid not null references municipality,
  leaf_index bigint not null check (leaf_index >= 0),
  kind text not null check (kind in ('audit', 'document', 'certificate', 'receipt')),
  -- audit_id, document_id, certificate_id, receipt_id
  subject_id uuid not null,
  -- SHA-256 of 0x00 and the bytes of the entry
  hash bytea not null check (length(hash) = 32),
  primary key (municipality_id, leaf_index)
);
create unique index seal_leaf_subject on seal_leaf (municipality_id, kind, subject_id);
call wall('seal_leaf', 'select, insert');

-- The root of each 256 nodes in a row below, as the tiles of C2SP tlog-tiles hold them: at level 1 of 256 leaves, at level 2 of 65,536 …
create table seal_node (
  municipality_id uuid not null references municipality,
  level smallint not null check (level between 1 and 7),
  node_index bigint not null check (node_index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (municipality_id, level, node_index)
);
call wall('seal_node', 'select, insert');

create table seal_checkpoint (
  municipality_id uuid not null references municipality,
  -- leaves below it
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  sealed_at timestamptz not null,
  -- the signed note as published (C2SP tlog-checkpoint)
  note text not null,
  -- every transaction below is sealed, in the numbering of the database of this name
  horizon xid8 not null,
  cluster text not null,
  primary key (municipality_id, size)
);
create index seal_checkpoint_at on seal_checkpoint (municipality_id, sealed_at, size);
call wall('seal_checkpoint', 'select, insert');

-- Public keys checkpoints were ever signed with: what is old stays known.
create table seal_key (
  municipality_id uuid not null references municipality,
  -- as a signed note names it: NAME+ID+KEY
  verifier text not null,
  known_since timestamptz not null,
  primary key (municipality_id, verifier)
);
call wall('seal_key', 'select, insert');

-- Personal fields of an audit row are emptied by a recorded decision; what proves the row keeps their salted hashes.
create function erase_audit_fields(p_audit uuid, p_fields text[]) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update audit set personal = nullif(personal - p_fields, '{}')
   where municipality_id = current_town() and audit_id = p_audit and personal ?| p_fields;
  return found;
end $$;
revoke execute on function erase_audit_fields from public;
grant execute on function erase_audit_fields to shubbak_app;

-- What is sealed belongs to a role of its own, and the application may only add to it.
revoke update on document from shubbak_app;
grant update (thumbnail_sha256, preview_sha256, issued_on) on document to shubbak_app;
alter function erase_audit_fields owner to shubbak_audit;
alter table file owner to shubbak_audit;
alter table document owner to shubbak_audit;
alter table certificate owner to shubbak_audit;
alter table receipt owner to shubbak_audit;
alter table receipt_line owner to shubbak_audit;
alter table seal_leaf owner to shubbak_audit;
alter table seal_node owner to shubbak_audit;
alter table seal_checkpoint owner to shubbak_audit;
alter table seal_key owner to shubbak_audit;

-- centre: of what was served in a month, how much went before an earlier request of its service, and whether somebody wrote down why.
create table fairness_month (
  municipality_id uuid not null references municipality,
  service_code text not null,
  -- its first day, in the town's own time
  month date not null,
  served integer not null,
  -- with a reason somebody wrote; over people who were themselves asked for something; without either
  reasoned integer not null,
  waited integer not null,
  unreasoned integer not null,
  counted_at timestamptz not null,
  primary key (municipality_id, service_code, month)
);
call wall('fairness_month', 'select, insert, update, delete');
