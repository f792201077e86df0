import type { Fill } from './fill.ts'

/**
 * Names and ids of everything that will be made, so that each table can be written by one statement, by several connections at once; and views of
 * the part of them that is written now: `bulk.after` and `bulk.upto` are settings of the connection. The offices a request lies at and those that know
 * a person stand with them, as they do in their rows (migration 0066).
 */
export function planOf({ persons, requests, desks }: Fill): string {
  const open = desks.reduce((sum, desk) => sum + desk.open, 0)
  const from = (place: number) => desks.slice(0, place).reduce((sum, desk) => sum + desk.open, 0)
  const desk = (column: 'office' | 'role') =>
    desks.length === 0
      ? 'null::text'
      : `case ${desks.map((each, place) => `when i > ${requests - open + from(place)} and i <= ${requests - open + from(place + 1)} then '${each[column]}'`).join(' ')} end`
  return `
  drop schema if exists bulk cascade;
  create schema bulk;
  create unlogged table bulk.named as
    select i, uuidv7('-1100 days'::interval + i * '1 s'::interval) as id,
           (array['سامي','ليلى','أحمد','هدى','محمود','رنا','خالد','مريم','يوسف','إيمان'])[1 + i % 10] as first,
           (array['محمد','إبراهيم','عادل','نبيل','حسن','جمال','سمير'])[1 + i / 10 % 7] as father,
           (array['سليم','مصطفى','داود','عيسى','صالح'])[1 + i / 70 % 5] as grandfather,
           (array['قطب','النجار','الخطيب','حمدان','زيدان','البرغوثي','التميمي','شديد','عمرو','نصار','عوض'])[1 + i / 350 % 11]
             || ' ' || i as family
      from generate_series(1, ${persons}) i;
  create unlogged table bulk.all_request as
    select q.i, q.id, p.id as person, now() - (${requests} - q.i) * (interval '3 years' / ${requests}) as filed, q.office, q.role,
           q.office is not null as open,
           case when q.office is not null then
                  (select array_agg(distinct o collate "C") from unnest(array[q.office, 'service-centre'] || case when q.i % 400 = 0 then '{legal}' else '{}'::text[] end) o)
                when q.i % 400 = 0 then '{finance,legal,mayor-office,service-centre}'
                else '{finance,mayor-office,service-centre}' end::text[] as offices
      from (select i, uuidv7(-(${requests} - i) * (interval '3 years' / ${requests})) as id,
                   ${desk('office')} as office, ${desk('role')} as role
              from generate_series(1, ${requests}) i) q
      join bulk.named p on p.i = 1 + (q.i * 7919::bigint) % ${persons}
     order by q.i;
  create unlogged table bulk.all_person as
    select n.*, coalesce(o.offices, '{}') as offices from bulk.named n
      left join (select person, array_agg(distinct office collate "C") as offices
                   from (select distinct person, offices from bulk.all_request) r cross join unnest(r.offices) office group by 1) o
        on o.person = n.id
     order by n.i;
  drop table bulk.named;
  create index on bulk.all_person (i);
  create index on bulk.all_request (i);
  analyze bulk.all_person; analyze bulk.all_request;
  ${['person', 'request']
    .map(
      each => `create view bulk.${each} as select * from bulk.all_${each}
    where i > current_setting('bulk.after')::int and i <= current_setting('bulk.upto')::int`,
    )
    .join('; ')}`
}
