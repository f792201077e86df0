-- serves: 0085
-- people: each word of a name carries the whole of it. Whoever has a word stands ready in order, and what else is asked of the name is looked at in the
-- index itself: no person is visited who is not found.
alter table person_token add column sort_name text collate "C";
update person_token t set sort_name = p.sort_name from person p where p.municipality_id = t.municipality_id and p.person_id = t.person_id;
create index person_token_in_order on person_token (municipality_id, token, sort_name) include (person_id);

-- Programs before this one write words without the name.
create function name_words() returns trigger language plpgsql security definer as $$
begin
  update public.person_token t set sort_name = p.sort_name
    from written w join public.person p on p.municipality_id = w.municipality_id and p.person_id = w.person_id
   where w.sort_name is null and t.municipality_id = w.municipality_id and t.person_id = w.person_id and t.sort_name is null;
  return null;
end $$;
create trigger name_words after insert on person_token referencing new table as written for each statement execute function name_words();
