-- serves: 0085
-- Whose place somebody takes today was worked out through all of the staff and their posts, at each page of each of the staff, though hardly
-- anybody stands in for anybody: first it is looked whether this person does.
create or replace function deputised_by_within(p_town uuid, p_staff uuid, p_now timestamptz)
  returns json
  language plpgsql
as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  if not exists (select from absence where municipality_id = p_town and deputy_id = p_staff and ended_at is null)
     and not exists (select from delegation where municipality_id = p_town and deputy_id = p_staff and ended_at is null) then
    return null;
  end if;
  return (
    select json_agg(json_strip_nulls(json_build_object('role', r.role, 'office', r.office_code, 'deputy_of', r.staff_id, 'only', r.act))
                    order by r.act nulls first, r.valid_from, r.id, r.appointed_from, r.appointment_id)
      from (
        select a.role, a.office_code, b.staff_id, null::text as act, b.valid_from, b.absence_id as id, a.valid_from as appointed_from, a.appointment_id
          from absence b
          join municipality m on m.municipality_id = b.municipality_id
          cross join lateral (select (p_now at time zone m.time_zone)::date as today) day
          join staff t on t.municipality_id = b.municipality_id and t.staff_id = b.staff_id and t.left_at is null
          join appointment a on a.municipality_id = b.municipality_id and a.staff_id = b.staff_id
         where b.municipality_id = p_town and b.deputy_id = p_staff and b.ended_at is null
           and b.valid_from <= day.today and b.valid_until >= day.today
           and a.valid_from <= day.today and (a.valid_until is null or a.valid_until >= day.today)
        union all
        select a.role, a.office_code, d.staff_id, d.act, d.valid_from, d.delegation_id, a.valid_from, a.appointment_id
          from delegation d
          join municipality m on m.municipality_id = d.municipality_id
          cross join lateral (select (p_now at time zone m.time_zone)::date as today) day
          join staff t on t.municipality_id = d.municipality_id and t.staff_id = d.staff_id and t.left_at is null
          join appointment a on a.municipality_id = d.municipality_id and a.staff_id = d.staff_id and a.office_code = d.office_code
         where d.municipality_id = p_town and d.deputy_id = p_staff and d.ended_at is null
           and d.valid_from <= day.today and d.valid_until >= day.today
           and a.valid_from <= day.today and (a.valid_until is null or a.valid_until >= day.today)
      ) r);
end $$;
