-- keys: with which layer of the index key (docs/guide/keys.md) the town's blind indexes are made. All of a town's change in one transaction.
alter table municipality add column index_layer smallint not null default 1 check (index_layer >= 1);
-- No act of a town changes it: who rotates keys does, as the owner.
revoke insert, update on municipality from shubbak_app;
do $$
declare columns text;
begin
  select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
   where attrelid = 'municipality'::regclass and attnum > 0 and not attisdropped and attname <> 'index_layer';
  execute format('grant insert (%1$s), update (%1$s) on municipality to shubbak_app', columns);
end $$;
