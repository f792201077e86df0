-- When a request was filed stands beside each office it is or was with: an office's latest are read from their index in order, as the town's are.
-- It follows from the request, whatever a statement says.

alter table request_office add column filed_at timestamptz;
update request_office o set filed_at = r.filed_at from request r where r.municipality_id = o.municipality_id and r.request_id = o.request_id;
alter table request_office alter column filed_at set not null;

-- A filing writes its offices first: they are its offices since it was filed.
create function date_office() returns trigger language plpgsql security definer as $$
begin
  new.filed_at := coalesce((select r.filed_at from public.request r
                             where r.municipality_id = new.municipality_id and r.request_id = new.request_id), new.since);
  return new;
end $$;
create trigger date_office before insert on request_office for each row
  when (new.filed_at is null or current_user = 'shubbak_app') execute function date_office();
create function request_dates_offices() returns trigger language plpgsql security definer as $$
begin
  update public.request_office o set filed_at = new.filed_at
   where o.municipality_id = new.municipality_id and o.request_id = new.request_id and o.filed_at <> new.filed_at;
  return null;
end $$;
create trigger request_dates_offices after insert or update of filed_at on request for each row execute function request_dates_offices();

create index request_office_filed on request_office (municipality_id, office_code, filed_at desc, request_id desc);
