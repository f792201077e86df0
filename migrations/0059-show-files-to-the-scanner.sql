-- archive: what the virus scanner said of the content of a file, where an installation has a scanner. Of content, not of documents: the same
-- bytes brought twice are looked at once. Content nobody could ask about yet waits, and is not handed out.
create table file_scan (
  municipality_id uuid not null,
  sha256 bytea not null,
  state text not null check (state in ('waiting', 'clean', 'infected')),
  -- what the scanner calls it
  signature text,
  asked_at timestamptz not null,
  scanned_at timestamptz,
  primary key (municipality_id, sha256),
  foreign key (municipality_id, sha256) references file
);
create index file_scan_waiting on file_scan (municipality_id, asked_at, sha256) where state = 'waiting';
call wall('file_scan', 'select, insert, update');
