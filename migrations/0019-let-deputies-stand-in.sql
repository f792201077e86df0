-- Whom somebody stands in for today, asked at the door beside who they are: appointments held in the place of colleagues who are away.
create function deputised_by(p_town uuid, p_staff uuid, p_now timestamptz)
  returns json
  language plpgsql as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  return (
    select json_agg(json_build_object('role', a.role, 'office', a.office_code, 'deputy_of', b.staff_id)
                    order by b.valid_from, b.absence_id, a.valid_from, a.appointment_id)
      from absence b
      join municipality m on m.municipality_id = b.municipality_id
      cross join lateral (select (p_now at time zone m.time_zone)::date as today) day
      join appointment a on a.municipality_id = b.municipality_id and a.staff_id = b.staff_id
     where b.municipality_id = p_town and b.deputy_id = p_staff and b.ended_at is null
       and b.valid_from <= day.today and b.valid_until >= day.today
       and a.valid_from <= day.today and (a.valid_until is null or a.valid_until >= day.today));
end $$;
grant execute on function deputised_by to shubbak_app;
