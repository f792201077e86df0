import { sql } from 'kysely'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'
import { leastOfPerson, type Stars } from './model.ts'

export type ServiceRating = { serviceCode: string; answers: number; asked: number; average: number }
export type StaffRating = { staffId: string; name: Localized; answers: number; average: number }
export type Said = {
  requestId: string
  number: string
  serviceCode: string
  stars: Stars
  comment: string
  at: Date
}
export type Ratings = {
  answers: number
  average: number | undefined
  services: ServiceRating[]
  staff: StaffRating[]
}

/** What people said since an instant: by service, and by person of the staff where enough have answered. */
export async function ratingsSince(tx: Read, since: Date): Promise<Ratings> {
  const { rows } = await sql<{ service_code: string; answers: number; total: number }>`
    select service_code, count(*)::int as answers, sum(stars)::int as total from rating
     where municipality_id = ${tx.town} and answered_at >= ${since} and answered_at is not null
     group by service_code order by count(*) desc, service_code`.execute(tx.q)
  const staff = await sql<{
    staff_id: string
    name_ar: string
    name_en: string
    answers: number
    average: number
  }>`
    select r.staff_id, s.name_ar, s.name_en, count(*)::int as answers, avg(r.stars)::float8 as average
      from rating r join staff s on s.municipality_id = r.municipality_id and s.staff_id = r.staff_id
     where r.municipality_id = ${tx.town} and r.answered_at >= ${since} and r.answered_at is not null
     group by r.staff_id, s.name_ar, s.name_en having count(*) >= ${leastOfPerson}
     order by avg(r.stars) desc, s.name_ar collate "C"`.execute(tx.q)
  const answers = rows.reduce((sum, row) => sum + row.answers, 0)
  const total = rows.reduce((sum, row) => sum + row.total, 0)
  return {
    answers,
    average: answers === 0 ? undefined : total / answers,
    services: rows.map(row => ({
      serviceCode: row.service_code,
      answers: row.answers,
      asked: row.answers,
      average: row.total / row.answers,
    })),
    staff: staff.rows.map(row => ({
      staffId: row.staff_id,
      name: { ar: row.name_ar, en: row.name_en },
      answers: row.answers,
      average: row.average,
    })),
  }
}

/** The last words said with a rating, the latest first. */
export async function lastSaid(tx: Read, since: Date, limit = 20): Promise<Said[]> {
  const { rows } = await sql<{
    request_id: string
    number: string
    service_code: string
    stars: Stars
    comment: string
    answered_at: Date
  }>`
    select a.request_id, r.number || '/' || r.year as number, a.service_code, a.stars, a.comment, a.answered_at
      from (select * from rating where municipality_id = ${tx.town} and answered_at >= ${since} and answered_at is not null
             order by answered_at desc limit 300) a
      join request r on r.municipality_id = a.municipality_id and r.request_id = a.request_id
     where a.comment <> '' order by a.answered_at desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    requestId: row.request_id,
    number: row.number,
    serviceCode: row.service_code,
    stars: row.stars,
    comment: row.comment,
    at: row.answered_at,
  }))
}
