-- Which offices a request is or was with stands on its row, and on the row of each person who applied or is a party (and of whoever is the same
-- person): a policy compares two arrays where it asked other tables for each row. Both follow from request_office, request_party and mergings.
-- The application cannot write them otherwise: triggers work them out.

alter table request add column offices text[] not null default '{}';
alter table person add column offices text[] not null default '{}';

update request r set offices = o.codes
  from (select municipality_id, request_id, array_agg(office_code order by office_code collate "C") as codes from request_office group by 1, 2) o
 where o.municipality_id = r.municipality_id and o.request_id = r.request_id;
update person p set offices = o.codes
  from (select q.municipality_id, coalesce(q.survivor_id, q.person_id) as root,
               array_agg(distinct o.office_code collate "C" order by o.office_code collate "C") as codes
          from (select municipality_id, applicant_id as person_id, request_id from request
                union select municipality_id, person_id, request_id from request_party) theirs
          join person q on q.municipality_id = theirs.municipality_id and q.person_id = theirs.person_id
          join request_office o on o.municipality_id = theirs.municipality_id and o.request_id = theirs.request_id group by 1, 2) o
 where o.municipality_id = p.municipality_id and o.root = coalesce(p.survivor_id, p.person_id);

create function work_out_request_offices() returns trigger language plpgsql security definer as $$
begin
  new.offices := array(select o.office_code from public.request_office o
                        where o.municipality_id = new.municipality_id and o.request_id = new.request_id order by o.office_code collate "C");
  return new;
end $$;
create function work_out_person_offices() returns trigger language plpgsql security definer as $$
declare
  root uuid := coalesce(new.survivor_id, new.person_id);
begin
  new.offices := array(
    select distinct o.office_code collate "C"
      from (select new.person_id as id union select root
            union select q.person_id from public.person q where q.municipality_id = new.municipality_id and q.survivor_id = root) record
     cross join lateral (select r.request_id from public.request r where r.municipality_id = new.municipality_id and r.applicant_id = record.id
                         union all
                         select y.request_id from public.request_party y
                          where y.municipality_id = new.municipality_id and y.person_id = record.id) theirs
      join public.request_office o on o.municipality_id = new.municipality_id and o.request_id = theirs.request_id order by 1);
  return new;
end $$;
-- A row that is restored brings its own; whatever is written otherwise is worked out.
create trigger request_offices_first before insert on request for each row
  when (new.offices = '{}' or current_user = 'shubbak_app') execute function work_out_request_offices();
create trigger request_offices before update of offices on request for each row execute function work_out_request_offices();
create trigger person_offices_first before insert on person for each row
  when (new.offices <> '{}' and current_user = 'shubbak_app') execute function work_out_person_offices();
create trigger person_offices before update of offices on person for each row execute function work_out_person_offices();

-- Has the offices of these persons worked out again, and of all records that are the same persons; with `p_known` only where those lack some.
create function tell_persons(p_town uuid, p_persons uuid[], p_known text[] default null) returns void
  language plpgsql security definer as $$
declare
  roots uuid[] := array(select coalesce(q.survivor_id, q.person_id) from public.person q
                         where q.municipality_id = p_town and q.person_id = any (p_persons) and (p_known is null or not q.offices @> p_known));
begin
  if roots <> '{}' then
    update public.person p set offices = '{}' where p.municipality_id = p_town and (p.person_id = any (roots) or p.survivor_id = any (roots));
  end if;
end $$;
revoke execute on function tell_persons from public;

-- An office comes to a request: the row is worked out again unless it knows. Two that come at once wait for each other at that row.
create function office_comes() returns trigger language plpgsql security definer as $$
begin
  update public.request r set offices = '{}'
   where r.municipality_id = new.municipality_id and r.request_id = new.request_id and new.office_code <> all (r.offices);
  return null;
end $$;
create trigger office_comes after insert on request_office for each row execute function office_comes();
create function office_goes() returns trigger language plpgsql security definer as $$
begin
  update public.request r set offices = '{}' where r.municipality_id = old.municipality_id and r.request_id = old.request_id;
  if tg_op = 'UPDATE' then
    update public.request r set offices = '{}' where r.municipality_id = new.municipality_id and r.request_id = new.request_id;
  end if;
  return null;
end $$;
create trigger office_goes after delete or update on request_office for each row execute function office_goes();

create function parties_of(p_town uuid, p_request uuid) returns uuid[]
  language sql stable security definer
  begin atomic
    select array(select p.person_id from request_party p where p.municipality_id = p_town and p.request_id = p_request);
  end;
revoke execute on function parties_of from public;

create function request_tells() returns trigger language plpgsql security definer as $$
begin
  if tg_op <> 'INSERT' and (tg_op = 'DELETE' or old.applicant_id <> new.applicant_id or not new.offices @> old.offices) then
    perform public.tell_persons(old.municipality_id, old.applicant_id || public.parties_of(old.municipality_id, old.request_id));
  end if;
  if tg_op <> 'DELETE' and new.offices <> '{}' then
    perform public.tell_persons(new.municipality_id, new.applicant_id || public.parties_of(new.municipality_id, new.request_id), new.offices);
  end if;
  return null;
end $$;
create trigger request_tells after insert or delete or update of offices, applicant_id on request for each row execute function request_tells();
create function party_tells() returns trigger language plpgsql security definer as $$
begin
  if tg_op <> 'INSERT' then
    perform public.tell_persons(old.municipality_id, array[old.person_id]);
  end if;
  if tg_op <> 'DELETE' then
    perform public.tell_persons(new.municipality_id, array[new.person_id], r.offices)
       from public.request r where r.municipality_id = new.municipality_id and r.request_id = new.request_id and r.offices <> '{}';
  end if;
  return null;
end $$;
create trigger party_tells after insert or delete or update of person_id, request_id on request_party for each row execute function party_tells();
create function merging_tells() returns trigger language plpgsql security definer as $$
begin
  perform public.tell_persons(new.municipality_id, array[new.person_id, old.survivor_id, new.survivor_id]);
  return null;
end $$;
create trigger merging_tells after update of survivor_id on person for each row
  when (old.survivor_id is distinct from new.survivor_id) execute function merging_tells();

-- What a policy asks of the reach is a function of its own that the planner leaves closed: opened up, as SQL functions are, each cost every
-- statement's planning more than asking it once costs when it runs.
create or replace function reach_town(family text) returns boolean
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true)
    when 'house' then true
    when 'actor' then coalesce(family = any (nullif(current_setting('app.reach_town', true), '')::text[]), false)
    else false
  end;
end $$;

create or replace function reach_own() returns uuid[]
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_own', true), '')::uuid[] end;
end $$;
create or replace function reach_party() returns uuid[]
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_party', true), '')::uuid[] end;
end $$;
create or replace function reach_principals() returns uuid[]
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_principals', true), '')::uuid[] end;
end $$;
create or replace function reach_services() returns text[]
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_services', true), '')::text[] end;
end $$;
create or replace function reach_partner() returns text
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_partner', true), '') end;
end $$;
create or replace function reach_staff() returns uuid
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_staff', true), '')::uuid end;
end $$;
create or replace function reach_offices() returns text[]
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_offices', true), '')::text[] end;
end $$;
create or replace function reach_task() returns text[]
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then nullif(current_setting('app.reach_task', true), '')::text[] end;
end $$;
create or replace function reach_writer() returns text
  language plpgsql stable parallel safe as $$
begin
  return case current_setting('app.reach', true) when 'actor' then coalesce(
    nullif(current_setting('app.reach_staff', true), ''), nullif(current_setting('app.reach_partner', true), '')) end;
end $$;
create or replace function reach_closed() returns uuid[]
  language plpgsql stable parallel safe as $$
begin
  return coalesce(nullif(current_setting('app.reach_closed', true), '')::uuid[], '{}');
end $$;
create or replace function reach_beyond() returns boolean
  language plpgsql stable parallel safe as $$
begin
  return current_setting('app.reach', true) = 'actor' and '' <> concat(
    current_setting('app.reach_task', true), current_setting('app.reach_party', true), current_setting('app.reach_own', true),
    current_setting('app.reach_services', true), current_setting('app.reach_partner', true));
end $$;
create or replace function closed_to(p_staff uuid) returns uuid[]
  language plpgsql stable parallel safe security definer as $$
begin
  return array(select x.request_id from public.request_closed x
                where x.municipality_id = nullif(current_setting('app.municipality', true), '')::uuid and x.staff_id = p_staff);
end $$;

-- The offices of whoever asks, where no request is closed to them: then a person is theirs as soon as one request of theirs is.
create function reach_offices_freely() returns text[]
  language plpgsql stable parallel safe as $$
begin
  return case when public.reach_closed() = '{}' then public.reach_offices() end;
end $$;

drop policy reach on request;
create policy reach on request as restrictive using (
  request_id <> all ((select reach_closed())::uuid[]) and (
    (select reach_town('requests'))
    or offices && (select reach_offices())::text[]
    or applicant_id = any ((select reach_own())::uuid[])
    or (filed_by_kind = 'partner' and filed_by = (select reach_partner()))
    or ((select reach_beyond()) and reaches_request(request_id)))) with check (true);

-- Whether a person may be reached otherwise than by the offices on their row.
create function reach_persons_otherwise() returns boolean
  language plpgsql stable parallel safe as $$
begin
  return current_setting('app.reach', true) = 'actor' and (public.reach_beyond() or public.reach_closed() <> '{}');
end $$;

create or replace function reaches_person(p_person uuid) returns boolean
  language plpgsql stable parallel safe security definer as $$
declare
  town uuid := public.current_town();
  mine text[] := public.reach_offices();
  closed uuid[] := public.reach_closed();
  who uuid[];
begin
  if p_person is null or current_setting('app.reach', true) is distinct from 'actor' then
    return false;
  end if;
  if mine is not null then
    if closed = '{}' and exists (select from public.person p
         where p.municipality_id = town and p.person_id = p_person and p.offices && mine) then
      return true;
    end if;
    -- Some requests closed: one that is not must be with the office.
    if closed <> '{}' and exists (select from public.request r
         where r.municipality_id = town and r.applicant_id = p_person and r.offices && mine and r.request_id <> all (closed)) then
      return true;
    end if;
  end if;
  if not public.reach_persons_otherwise() then
    return false;
  end if;
  who := public.same_person(p_person);
  return exists (select from public.request r where r.municipality_id = town and r.applicant_id = any (who)
                    and public.reaches_request(r.request_id))
      or exists (select from public.request_party p where p.municipality_id = town and p.person_id = any (who)
                    and public.reaches_request(p.request_id));
end $$;

drop policy reach on person;
create policy reach on person as restrictive using (
  (select reach_town('people'))
  or offices && (select reach_offices_freely())::text[]
  or person_id = any ((select reach_own())::uuid[])
  or ((select reach_persons_otherwise()) and reaches_person(person_id))) with check (true);

-- Words of a name are met by the hundred in a search: they follow the person's row, looked up in line.
drop policy reach on person_token;
create policy reach on person_token as restrictive using (
  (select reach_town('people'))
  or person_id = any ((select reach_own())::uuid[])
  or ((select reach_staff()) is not null
      and (select true from person q where q.municipality_id = person_token.municipality_id and q.person_id = person_token.person_id limit 1)))
  with check (true);

-- Each policy asks these last, where nothing nearer answered: taken for what they cost when they do run, plans go astray.
alter function reaches_request cost 10;
alter function reaches_person cost 10;
alter function reaches_document cost 10;
alter function reaches_account cost 10;
alter function reaches_account_by_charge cost 10;
alter function reaches_voucher cost 10;
alter function reaches_receipt cost 10;
