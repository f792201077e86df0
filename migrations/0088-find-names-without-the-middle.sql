-- serves: 0085
-- people: a name is mostly typed without the grandfather's, or as first and family name. Each way stands ready in order, as the whole name does; the
-- words of a name are asked one by one only where these do not fill the list. Both follow from sort_name.
alter table person
  add column name_without_third text generated always as (regexp_replace(sort_name, '^(\S+ \S+) \S+ ', '\1 ')) stored,
  add column name_of_ends text generated always as (regexp_replace(sort_name, '^(\S+)( \S+){1,2} ', '\1 ')) stored;
create index person_name_without_third on person (municipality_id, name_without_third collate "C");
create index person_name_of_ends on person (municipality_id, name_of_ends collate "C");
