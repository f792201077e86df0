-- The texts of the common files a published version uses, by name: it stays what it was when they change.
alter table service_version add column commons jsonb not null default '{}';
