import { sql } from 'kysely'
import type { Answers } from '../../../../kernel/definition/index.ts'
import type { Localized } from '../../../../lib/localized.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { type Desk, openTo } from '../../boxes.ts'

/** A visit to a place on a day: whose, when, for which request, and whether it was made. */
export type Outing = {
  taskId: string
  requestId: string
  number: number
  year: number
  serviceCode: string
  serviceVersion: number
  step: string
  applicantId: string
  applicant: string
  answers: Answers
  from: Date
  to: Date
  officer: Localized | undefined
  done: boolean
}

/** Visits of somebody's offices that are appointed between two instants, by their hours. One query. */
export async function outingsBetween(tx: Read, desk: Desk, from: Date, until: Date): Promise<Outing[]> {
  const offices = [...new Set(desk.appointments.map(({ office }) => office))]
  const { rows } = await sql<{
    task_id: string
    request_id: string
    number: number
    year: number
    service_code: string
    service_version: number
    step: string
    applicant_id: string
    applicant: string
    answers: Answers
    appointment_from: Date
    appointment_to: Date
    officer_ar: string | null
    officer_en: string | null
    closed_at: Date | null
  }>`
    select t.task_id, t.request_id, r.number, r.year, r.service_code, r.service_version, t.step, r.applicant_id,
           s.display_name as applicant, r.answers, t.appointment_from, t.appointment_to, a.name_ar as officer_ar, a.name_en as officer_en,
           t.closed_at
      from task t
      join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
      join person s on s.municipality_id = r.municipality_id and s.person_id = r.applicant_id
      left join staff a on a.municipality_id = t.municipality_id and a.staff_id = t.assignee
     where t.municipality_id = ${tx.town} and t.office_code = any(${offices}::text[]) and t.appointment_from is not null
       and t.appointment_from >= ${from} and t.appointment_from < ${until} and ${openTo(desk)}
     order by t.appointment_from, t.task_id limit 200`.execute(tx.q)
  return rows.map(row => ({
    taskId: row.task_id,
    requestId: row.request_id,
    number: row.number,
    year: row.year,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    step: row.step,
    applicantId: row.applicant_id,
    applicant: row.applicant,
    answers: row.answers,
    from: row.appointment_from,
    to: row.appointment_to,
    done: row.closed_at !== null,
    officer: row.officer_ar === null ? undefined : { ar: row.officer_ar, en: row.officer_en ?? '' },
  }))
}
