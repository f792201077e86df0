import { type RawBuilder, sql } from 'kysely'
import type { Finding, Inspection } from './model.ts'

/** A rule as a query: the rows it gives are what is wrong. */
type Rule = {
  code: string
  of: (town: string) => RawBuilder<{ subject: string; details: Finding['details'] }>
}

/** Numbers people read, and the table that holds them: each from 1 up to where the counter stands, none missing, none twice. */
const numbered = [
  { what: 'request', table: 'request', series: 'request' },
  { what: 'outgoing', table: 'certificate', series: 'outgoing' },
]

const seriesRules = numbered.flatMap(({ what, table, series }): Rule[] => [
  {
    code: `${what}-number-missing`,
    of: town => sql`
      select n.number || '/' || y.year as subject, '{}'::jsonb as details
        from (select year, max(last) as last from (
                select year, max(number) as last from ${sql.table(table)} where municipality_id = ${town} group by year
                union all select year, last from series where municipality_id = ${town} and name = ${series}) s
               group by year) y
       cross join lateral generate_series(1, y.last) n(number)
        left join ${sql.table(table)} t on t.municipality_id = ${town} and t.year = y.year and t.number = n.number
       where t.number is null`,
  },
  {
    code: `${what}-number-doubled`,
    of: town => sql`
      select number || '/' || year as subject, jsonb_build_object('times', count(*)) as details
        from ${sql.table(table)} where municipality_id = ${town} group by year, number having count(*) > 1`,
  },
  {
    code: `${what}-counter-behind`,
    of: town => sql`
      select t.year::text as subject, jsonb_build_object('last', max(t.number), 'counter', max(s.last)) as details
        from ${sql.table(table)} t
        left join series s on s.municipality_id = t.municipality_id and s.name = ${series} and s.year = t.year
       where t.municipality_id = ${town} group by t.year having max(t.number) > coalesce(max(s.last), 0)`,
  },
])

const rules: readonly Rule[] = [
  ...seriesRules,
  {
    // Whoever filed heard of it: that it was received, or what is to be paid for it to be.
    code: 'request-never-answered',
    of: town => sql`
      select r.request_id::text as subject, jsonb_build_object('number', r.number || '/' || r.year) as details
        from request r
       where r.municipality_id = ${town} and not exists (
         select 1 from message m where m.municipality_id = r.municipality_id and m.request_id = r.request_id
            and m.event in ('received', 'fee-due'))`,
  },
  {
    // By each of the ways somebody chose once: a copy by e-mail, or kept on the portal, is no second answer.
    code: 'request-answered-twice',
    of: town => sql`
      select request_id::text as subject, jsonb_build_object('times', count(*)) as details from message
       where municipality_id = ${town} and request_id is not null and event = 'received'
       group by request_id, channel having count(*) > 1`,
  },
  {
    // What waits to leave is found in a table of its own; without its line there it would wait for ever, with a wrong one it would go again.
    code: 'message-unlike-what-is-due',
    of: town => sql`
      select coalesce(m.message_id, d.message_id)::text as subject, jsonb_build_object('message', m.state, 'due', d.not_before) as details
        from (select * from message where municipality_id = ${town} and state in ('planned', 'waiting')) m
        full join (select * from message_due where municipality_id = ${town}) d on d.message_id = m.message_id and d.channel = m.channel
         and d.lane = m.lane and d.not_before = case m.state when 'waiting' then 'infinity' else m.not_before end
         and d.bulk_id is not distinct from m.bulk_id
       where m.message_id is null or d.message_id is null`,
  },
  {
    code: 'part-of-no-message',
    of: town => sql`
      select p.message_id::text as subject, jsonb_build_object('part', p.part) as details from message_part p
       where p.municipality_id = ${town} and not exists (
         select 1 from message m where m.municipality_id = p.municipality_id and m.message_id = p.message_id)`,
  },
  {
    code: 'act-without-audit',
    of: town => sql`
      select a.request_id::text as subject, jsonb_build_object('act', a.name, 'acts', a.n, 'audited', coalesce(w.n, 0)) as details
        from (select request_id, name, count(*) as n from request_action where municipality_id = ${town} group by 1, 2) a
        left join (select request_id, act, count(*) as n from audit
                    where municipality_id = ${town} and request_id is not null group by 1, 2) w
          on w.request_id = a.request_id and w.act = 'request.' || a.name
       where coalesce(w.n, 0) < a.n`,
  },
  {
    code: 'applicant-is-no-party',
    of: town => sql`
      select r.request_id::text as subject, jsonb_build_object('applicant', r.applicant_id, 'capacity', r.capacity) as details
        from request r
       where r.municipality_id = ${town} and not exists (
         select 1 from request_party p where p.municipality_id = r.municipality_id and p.request_id = r.request_id
            and p.person_id = r.applicant_id and p.capacity = r.capacity)`,
  },
  {
    code: 'office-not-concerned',
    of: town => sql`
      select t.request_id::text as subject, jsonb_build_object('office', t.office_code, 'task', t.task_id) as details
        from task t
       where t.municipality_id = ${town} and not exists (
         select 1 from request_office o where o.municipality_id = t.municipality_id and o.office_code = t.office_code
            and o.request_id = t.request_id)`,
  },
  {
    // The offices on the rows of requests and persons, by which an office reaches them, are those it had tasks at.
    code: 'offices-on-row-differ',
    of: town => sql`
      with codes as (
        select request_id, array_agg(office_code order by office_code collate "C") as codes from request_office
         where municipality_id = ${town} group by 1),
      theirs as (
        select applicant_id as person_id, request_id from request where municipality_id = ${town}
        union select person_id, request_id from request_party where municipality_id = ${town}),
      records as (
        select coalesce(p.survivor_id, p.person_id) as root, array_agg(distinct o.office_code collate "C" order by o.office_code collate "C") as codes
          from theirs join person p on p.municipality_id = ${town} and p.person_id = theirs.person_id
          join request_office o on o.municipality_id = ${town} and o.request_id = theirs.request_id group by 1)
      select r.request_id::text as subject, jsonb_build_object('row', r.offices, 'tasks', coalesce(c.codes, '{}')) as details
        from request r left join codes c on c.request_id = r.request_id
       where r.municipality_id = ${town} and r.offices <> coalesce(c.codes, '{}')
      union all
      select p.person_id::text, jsonb_build_object('row', p.offices, 'tasks', coalesce(c.codes, '{}'))
        from person p left join records c on c.root = coalesce(p.survivor_id, p.person_id)
       where p.municipality_id = ${town} and p.offices <> coalesce(c.codes, '{}')
      union all
      select r.request_id::text, jsonb_build_object('office', o.office_code, 'filed', r.filed_at, 'row', o.filed_at)
        from request r join request_office o on o.municipality_id = r.municipality_id and o.request_id = r.request_id
       where r.municipality_id = ${town} and o.filed_at <> r.filed_at`,
  },
  {
    code: 'office-unknown',
    of: town => sql`
      select t.request_id::text as subject, jsonb_build_object('office', t.office_code) as details
        from (select request_id, office_code from request_office where municipality_id = ${town}
              union select request_id, office_code from task where municipality_id = ${town}) t
       where not exists (select 1 from office o where o.municipality_id = ${town} and o.office_code = t.office_code)`,
  },
  {
    code: 'draft-filed-nowhere',
    of: town => sql`
      select d.draft_id::text as subject, jsonb_build_object('request', d.request_id) as details from draft d
       where d.municipality_id = ${town} and d.request_id is not null and not exists (
         select 1 from request r where r.municipality_id = d.municipality_id and r.request_id = d.request_id)`,
  },
  {
    code: 'document-unlike-its-file',
    of: town => sql`
      select d.document_id::text as subject, jsonb_build_object('document', d.size, 'file', f.size) as details
        from document d join file f on f.municipality_id = d.municipality_id and f.sha256 = d.sha256
       where d.municipality_id = ${town} and f.size <> d.size`,
  },
  {
    code: 'picture-of-document-missing',
    of: town => sql`
      select d.document_id::text as subject, '{}'::jsonb as details
        from document d cross join lateral (values (d.thumbnail_sha256), (d.preview_sha256)) p(sha256)
       where d.municipality_id = ${town} and p.sha256 is not null and not exists (
         select 1 from file f where f.municipality_id = ${town} and f.sha256 = p.sha256)`,
  },
  {
    // What lists read of a merged record is where the way through what was decided ends, and every way ends.
    code: 'survivor-unlike-its-way',
    of: town => sql`
      with recursive way(person_id, at, next) as (
        select person_id, merged_into, merged_into from person where municipality_id = ${town} and merged_into is not null
        union
        select w.person_id, w.next, p.merged_into from way w
          join person p on p.municipality_id = ${town} and p.person_id = w.next
      )
      select p.person_id::text as subject, jsonb_build_object('survivor', p.survivor_id, 'end', e.at) as details
        from person p left join way e on e.person_id = p.person_id and e.next is null
       where p.municipality_id = ${town} and p.merged_into is not null and e.at is distinct from p.survivor_id`,
  },
  {
    code: 'certificate-of-a-stranger',
    of: town => sql`
      select c.certificate_id::text as subject, jsonb_build_object('person', c.person_id, 'request', c.request_id) as details
        from certificate c
       where c.municipality_id = ${town} and not exists (
         select 1 from request_party p where p.municipality_id = c.municipality_id and p.request_id = c.request_id
            and p.person_id = c.person_id)`,
  },
  {
    code: 'certificate-unlike-its-document',
    of: town => sql`
      select c.certificate_id::text as subject, jsonb_build_object('document', c.document_id) as details
        from certificate c join document d on d.municipality_id = c.municipality_id and d.document_id = c.document_id
       where c.municipality_id = ${town} and d.sha256 <> c.pdf_sha256`,
  },
]

/** Rules that hold between the tables of a town, each asked in one statement. */
export async function verifyRules({ town, read, found, counted }: Inspection): Promise<void> {
  for (const { code, of } of rules) {
    const { rows } = await read(tx => of(town.id).execute(tx.q))
    for (const { subject, details } of rows) found({ code, subject, details })
  }
  counted('rules', rules.length)
}
