-- serves: 0085
-- requests: what a filing's messages carry is written by the one statement that files.
create or replace function plan_filing_messages(
    p_town uuid, p_now timestamptz, p_request uuid, p_applicant uuid, p_named text, p_messages jsonb)
  returns void language plpgsql as $$
declare
  reach record;
begin
  -- Nearly everybody has a number and has chosen nothing: two look-ups instead of the whole question.
  select f.phone_sealed, f.phone_index, 'sms' as channels, null::bytea as email_sealed, null::bytea as email_index into reach
    from person_phone f
   where f.municipality_id = p_town and f.person_id = p_applicant and f.is_primary and f.ended_at is null;
  if reach.phone_sealed is null or exists (
    select 1 from contact_preference c
     where c.municipality_id = p_town and c.person_id = any((select same_person(p_applicant))::uuid[])) then
    select r.phone_sealed, r.phone_index, r.channels, r.email_sealed, r.email_index into reach from reach_of(p_applicant) r;
  end if;
  insert into message (municipality_id, message_id, request_id, person_id, event, kind, template, template_version, template_from, channel,
                       lane, to_sealed, to_index, body, encoding, parts, state, planned_at, not_before)
  -- another id of the same instant
  select p_town, case when way.first then m.message_id else (left(m.message_id::text, 19) || right(gen_random_uuid()::text, 17))::uuid end, p_request, p_applicant, m.event, m.kind, m.template,
         m.template_version, m.template_from, way.channel, m.lane, way.sealed, way.index, replace(m.body, '{number}', p_named), m.encoding,
         case when way.channel <> 'sms' or m.units + m.numbers * length(p_named) <= m.single then 1
              else ceil((m.units + m.numbers * length(p_named))::numeric / m.joined) end,
         case when way.sealed is null and way.channel <> 'portal' then 'unaddressed' else 'planned' end, p_now, p_now
    from jsonb_to_recordset(p_messages) as m(message_id uuid, event text, kind text, template text, template_version integer,
         template_from text, lane smallint, body text, encoding text, units integer, numbers integer, single integer, joined integer)
   cross join lateral (
     -- the kinds of kernel/messages somebody may do without
     select m.kind in ('step', 'thread', 'bill', 'reminder', 'survey', 'awareness') and reach.channels = 'portal' as here) quiet
   cross join lateral (
     select true as first, 'portal' as channel, null::bytea as sealed, null::bytea as index where quiet.here
     union all
     select true, 'sms', reach.phone_sealed, reach.phone_index
      where not quiet.here and (reach.phone_sealed is not null or reach.email_sealed is null)
     union all
     select reach.phone_sealed is null, 'email', reach.email_sealed, reach.email_index
      where not quiet.here and reach.email_sealed is not null and (reach.channels = 'sms+email' or reach.phone_sealed is null)) way;

  -- The short links they carry, in the same statement: the town's counter of numbers is held for no round trip.
  insert into short_link (municipality_id, link_id, code_hash, kind, request_id, about, made_at, expires_at, tries)
  select p_town, l.link_id, decode(l.code_hash, 'base64'), l.kind, p_request, l.about, p_now, l.expires_at, 0
    from jsonb_to_recordset(p_messages) as m(link jsonb)
   cross join lateral jsonb_to_record(m.link) as l(link_id uuid, code_hash text, kind text, about text, expires_at timestamptz)
   where m.link is not null;
end $$;
