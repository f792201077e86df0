import { type RawBuilder, sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { samePerson } from '../../people/index.ts'

/** An original that the town keeps for a while, or kept. */
export type Original = {
  id: string
  number: string
  personId: string
  person: string
  requestId: string | undefined
  requestNumber: string | undefined
  paper: string
  broughtBy: string
  place: string
  takenAt: Date
  takenBy: Localized
  given: { at: Date; to: string } | undefined
}

type Row = {
  original_id: string
  year: number
  number: number
  person_id: string
  person: string
  request_id: string | null
  request_number: string | null
  paper: string
  brought_by: string
  place: string
  taken_at: Date
  name_ar: string
  name_en: string
  given_at: Date | null
  given_to: string | null
}

async function find(tx: Read, which: RawBuilder<unknown>, limit: number): Promise<Original[]> {
  const { rows } = await sql<Row>`
    select o.original_id, o.year, o.number, o.person_id, p.display_name as person, o.request_id, r.number || '/' || r.year as request_number,
           o.paper, o.brought_by, o.place, o.taken_at, s.name_ar, s.name_en, o.given_at, o.given_to
      from paper_original o
      join person p on p.municipality_id = o.municipality_id and p.person_id = o.person_id
      join staff s on s.municipality_id = o.municipality_id and s.staff_id = o.taken_by
      left join request r on r.municipality_id = o.municipality_id and r.request_id = o.request_id
     where o.municipality_id = ${tx.town} and ${which}
     order by o.taken_at desc, o.original_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toOriginal)
}

/** Originals not given back yet, the latest first. */
export const originalsHeld = (tx: Read, limit = 100): Promise<Original[]> =>
  find(tx, sql`o.given_at is null`, limit)

/** What the town holds of a person now. */
export const originalsOf = (tx: Read, personId: string): Promise<Original[]> =>
  find(tx, sql`o.person_id = any(${samePerson(personId)}) and o.given_at is null`, 20)

export async function getOriginal(tx: Read, id: string): Promise<Original> {
  const [original] = await find(tx, sql`o.original_id = ${id}`, 1)
  if (!original) throw new NotFound('no-such-original')
  return original
}

export type NewOriginal = {
  personId: string
  requestId?: string | undefined
  paper: string
  broughtBy: string
  place: string
}

/** Takes an original in, under a number of the year without gaps; gives its id. */
export async function takeOriginal(
  tx: Write,
  { timeZone }: { timeZone: string },
  original: NewOriginal,
  by: AuditActor,
): Promise<string> {
  const id = newId(tx.now)
  const year = Number(dateIn(tx.now, timeZone).slice(0, 4))
  await sql`
    insert into paper_original (municipality_id, original_id, year, number, person_id, request_id, paper, brought_by, place, taken_at,
                                taken_by)
    values (${tx.town}, ${id}, ${year}, next_number('paper-original', ${year}::int), ${original.personId}, ${original.requestId ?? null},
            ${original.paper}, ${original.broughtBy}, ${original.place}, ${tx.now}, ${by.id})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'counter.original-taken',
    subjectKind: 'original',
    subjectId: id,
    personId: original.personId,
    requestId: original.requestId,
    cause: original.paper,
  })
  return id
}

/** Gives an original back; once: `original-given` afterwards. */
export async function giveOriginal(
  tx: Write,
  { id, to }: { id: string; to: string },
  by: AuditActor,
): Promise<void> {
  const { rows } = await sql<{ person_id: string; request_id: string | null; paper: string }>`
    update paper_original set given_at = ${tx.now}, given_by = ${by.id}, given_to = ${to}
     where municipality_id = ${tx.town} and original_id = ${id} and given_at is null
    returning person_id, request_id, paper`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Conflict('original-given')
  await record(tx, {
    actor: by,
    act: 'counter.original-given',
    subjectKind: 'original',
    subjectId: id,
    personId: row.person_id,
    requestId: row.request_id ?? undefined,
    cause: row.paper,
    personal: { to },
  })
}

function toOriginal(row: Row): Original {
  return {
    id: row.original_id,
    number: `${row.number}/${row.year}`,
    personId: row.person_id,
    person: row.person,
    requestId: row.request_id ?? undefined,
    requestNumber: row.request_number ?? undefined,
    paper: row.paper,
    broughtBy: row.brought_by,
    place: row.place,
    takenAt: row.taken_at,
    takenBy: { ar: row.name_ar, en: row.name_en },
    given: row.given_at ? { at: row.given_at, to: row.given_to ?? '' } : undefined,
  }
}
