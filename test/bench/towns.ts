import type pg from 'pg'
import { searchTokens } from '../../src/lib/arabic.ts'
import { townOffices } from '../builders/requests.ts'

export const services = 200
const offices = townOffices.map(([code]) => code)
export const families = [
  'النجار',
  'الكيلاني',
  'أبو شرخ',
  'الجعبري',
  'القواسمي',
  'التميمي',
  'عمرو',
  'السلايمة',
]

/** Ends of words in place of figures: what is searched for with a figure in it is a number. */
const letters = 'بتثجحخدرسش'
export const searched = `${searchTokens(families[0] ?? '')[0] ?? ''}ر`

/** How many towns, and requests in each; `--towns 100 --requests 10000`. */
export type AccessSize = { towns: number; requests: number }

/** Towns of bare rows: what decides about seeing them, and what lists show. Keys hold by construction. */
export async function fillTowns(
  client: pg.Client,
  like: string,
  { towns, requests }: AccessSize,
): Promise<string[]> {
  await client.query('begin')
  await client.query(`set local session_replication_role = replica; set local synchronous_commit = off`)
  const id = (of: string) => `md5(t.municipality_id::text || ${of})::uuid`
  await client.query(`create temp table bulk_town as
    select md5('town ' || n)::uuid as municipality_id, n as nth from generate_series(1, ${towns}) n`)
  await client.query(
    `insert into municipality select t.municipality_id, 'bulk-' || t.nth, '{}', m.name_ar, m.name_en, m.time_zone, m.profile,
      m.is_demo, m.created_at from bulk_town t, municipality m where m.municipality_id = $1`,
    [like],
  )
  const steps = [
    `insert into office (municipality_id, office_code, name_ar, name_en, position)
     select t.municipality_id, o, o, o, 1 from bulk_town t, unnest(array[${offices.map(each => `'${each}'`).join(',')}]) o`,
    `insert into service_version (municipality_id, service_code, version, hash, source, published_at)
     select t.municipality_id, 'SVC-' || s, 1, 'x', 'x', now() from bulk_town t, generate_series(1, ${services}) s`,
    `create temp table bulk_request as
     select b.*, case when office = 'service-centre' then array[office] when office collate "C" < 'service-centre' then array[office, 'service-centre']
        else array['service-centre', office] end as offices
       from (select t.municipality_id, ${id(`'r' || n`)} as request_id, n, ${id(`'p' || (1 + n % ${Math.ceil(requests / 4)})`)} as person_id,
        timestamptz '2026-02-20' - n * interval '20 minutes' as at, (array[${offices.map(each => `'${each}'`).join(',')}])[1 + (n / 20) % ${offices.length}] as office,
        n % 20 = 0 as open
       from bulk_town t, generate_series(1, ${requests}) n) b`,
    `insert into person (municipality_id, person_id, kind, first_name, father_name, grandfather_name, family_name, display_name, sort_name,
        id_kind, registered_at, source, offices)
     select t.municipality_id, ${id(`'p' || n`)}, 'natural', 'سامي', 'محمد', 'سليم', f.name, 'سامي محمد سليم ' || f.name, 'سامي ' || f.name,
        'none', now(), 'import:bench', coalesce(w.offices, '{}')
       from bulk_town t cross join generate_series(1, ${Math.ceil(requests / 4)}) n
       join (values ${families.map((name, at) => `(${at}, '${name}', '${searchTokens(name).join(' ')}')`).join(', ')}) f(at, name, token)
         on f.at = n % ${families.length}
       left join (select b.municipality_id, b.person_id, array_agg(distinct o collate "C" order by o collate "C") as offices
                    from bulk_request b, unnest(b.offices) o group by 1, 2) w
         on w.municipality_id = t.municipality_id and w.person_id = ${id(`'p' || n`)}`,
    `insert into person_token (municipality_id, token, person_id, sort_name)
     select p.municipality_id, w.token, p.person_id, p.sort_name || ' ' || w.token from bulk_town t
       join person p on p.municipality_id = t.municipality_id
       join (values ${families.map(name => `('${name}', '${searchTokens(name)[0]}')`).join(', ')}) f(name, token) on f.name = p.family_name
      cross join lateral (select f.token || translate((('x' || left(md5(p.person_id::text), 4))::bit(16)::int % 100)::text, '0123456789', '${letters}') as token) w`,
    `insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
        filed_by_kind, filed_by, state, answers, frozen, filed_at, due_at, closed_at, last_seq, tracking_hash, offices)
     select municipality_id, request_id, 2026, n, 'SVC-' || (1 + n % ${services}), 1, 'web', 'principal', person_id, 'citizen', person_id::text,
        case when open then 'in-process' else 'done' end, '{}', '{}', at, at + interval '6 days', case when not open then at + interval '3 days' end,
        1, decode(md5(request_id::text), 'hex'), offices from bulk_request`,
    `insert into request_office (municipality_id, office_code, request_id, since, filed_at)
     select municipality_id, o, request_id, at, at from bulk_request, unnest(offices) o`,
    `insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, state, opened_at, due_at, closed_at)
     select municipality_id, md5('t' || request_id::text)::uuid, request_id, 'desk-review', 'step', office, 'officer', case when open then 'open' else 'closed' end,
        at, at + interval '2 days', case when not open then at + interval '3 days' end from bulk_request`,
    `insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, data)
     select municipality_id, request_id, 1, md5('a' || request_id::text)::uuid, 'file', at, 'citizen', person_id::text, '{}' from bulk_request`,
  ]
  for (const step of steps) await client.query(step)
  await client.query('commit')
  await client.query('analyze')
  await client.query('checkpoint')
  const { rows } = await client.query<{ id: string }>(
    'select municipality_id as id from bulk_town order by nth',
  )
  return rows.map(row => row.id)
}
