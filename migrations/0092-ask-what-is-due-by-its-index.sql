-- serves: 0085
-- messaging: while many messages wait on one channel (a provider that is down, a bill run), a table read from end to end looks cheap for any
-- channel, and is gone through whole for each channel and lane that has none: always by the key, then.
alter function due_towns(timestamptz, uuid[]) set enable_seqscan = off;
alter function due_towns(timestamptz, uuid[]) set enable_bitmapscan = off;
