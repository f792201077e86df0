-- Who knocks, in one round trip: the door asks this of every call. It sets the town itself, for this statement alone, so that the wall
-- stands around what it reads; outside of a transaction the setting ends with the statement.
create function visitor_of(p_town uuid, p_token_hash bytea, p_now timestamptz)
  returns table (
    subject_kind text, subject_id uuid, created_at timestamptz, expires_at timestamptz, confirmed_at timestamptz,
    person_name text, staff_name text, title text, appointments json
  )
  language plpgsql as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  return query
    select s.subject_kind, s.subject_id, s.created_at, s.expires_at, s.confirmed_at, p.display_name, t.name_ar, t.title_ar,
           case when t.staff_id is not null then (
             select json_agg(json_build_object('role', a.role, 'office', a.office_code, 'name', o.name_ar)
                             order by a.valid_from, a.appointment_id)
               from appointment a
               join office o on o.municipality_id = a.municipality_id and o.office_code = a.office_code
              where a.municipality_id = s.municipality_id and a.staff_id = s.subject_id
                and a.valid_from <= day.today and (a.valid_until is null or a.valid_until >= day.today)
           ) end
      from session s
      cross join lateral (select (p_now at time zone m.time_zone)::date as today
                            from municipality m where m.municipality_id = s.municipality_id) day
      left join person p on s.subject_kind = 'citizen' and p.municipality_id = s.municipality_id and p.person_id = s.subject_id
      left join staff t on s.subject_kind = 'staff' and t.municipality_id = s.municipality_id and t.staff_id = s.subject_id
                       and t.left_at is null
     where s.municipality_id = p_town and s.token_hash = p_token_hash and s.ended_at is null and s.expires_at > p_now
       and (p.person_id is not null or t.staff_id is not null);
end $$;
