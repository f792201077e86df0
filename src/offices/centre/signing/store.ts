import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { requestVisible } from '../../requests/index.ts'

/** A paper that waits for a signature: the task, and what it is about. */
export type PaperToSign = {
  taskId: string
  requestId: string
  number: number
  year: number
  service: Localized
  /** The output that is signed, and what it is called. */
  outputId: string
  output: Localized
  kind: string
  /** The role the output names as its signer. */
  signer: string
  applicant: string
  office: string
  assignee: string | undefined
  openedAt: Date
  dueAt: Date | undefined
  from: Localized | undefined
  note: string | undefined
}

type Row = {
  task_id: string
  request_id: string
  number: number
  year: number
  service_code: string
  service_version: number
  step: string
  applicant: string
  office_code: string
  assignee: string | null
  opened_at: Date
  due_at: Date | null
  from_ar: string | null
  from_en: string | null
  note: string | null
}

/** More than anybody signs at a sitting. */
const most = 200

/**
 * Papers that lie with a signatory's posts to be signed, the most urgent first; `only` asks for those of one request. `signatory` is the
 * actor together with the posts they stand in for.
 */
export async function papersToSign(
  tx: Read,
  signatory: Actor,
  only?: { requestId: string },
): Promise<PaperToSign[]> {
  if (signatory.kind !== 'staff' || signatory.appointments.length === 0) return []
  const posts = signatory.appointments
    .filter(({ deputyOf }) => deputyOf === undefined)
    .map(({ office, role }) => sql`(t.office_code = ${office} and t.role = ${role})`)
  if (posts.length === 0) return []
  const { rows } = await sql<Row>`
    select t.task_id, t.request_id, r.number, r.year, r.service_code, r.service_version, t.step, s.display_name as applicant, t.office_code,
           t.assignee, t.opened_at, t.due_at, f.name_ar as from_ar, f.name_en as from_en, t.note
      from task t
      join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
      join person s on s.municipality_id = r.municipality_id and s.person_id = r.applicant_id
      left join staff f on f.municipality_id = t.municipality_id
       and f.staff_id = case when t.from_kind = 'staff' then t.from_id::uuid end
     where t.municipality_id = ${tx.town} and t.closed_at is null and t.purpose = 'step' and t.state = 'open'
       and (${sql.join(posts, sql` or `)}) and ${requestVisible(signatory, 'request.read')}
       ${only ? sql`and t.request_id = ${only.requestId}` : sql``}
     order by t.due_at nulls last, t.task_id limit ${most}`.execute(tx.q)
  const catalogue = await catalogueOf(tx)
  return rows.flatMap(row => {
    const { definition } = catalogue.get(row.service_code, row.service_version).service
    const step = definition.steps.find(({ id }) => id === row.step)
    const output = definition.outputs.find(({ id }) => id === step?.output)
    return step?.kind === 'signature' && output ? [toPaper(row, definition.name, output)] : []
  })
}

function toPaper(
  row: Row,
  service: Localized,
  output: { id: string; name: Localized; kind: string; signer: string },
): PaperToSign {
  return {
    taskId: row.task_id,
    requestId: row.request_id,
    number: row.number,
    year: row.year,
    service,
    outputId: output.id,
    output: output.name,
    kind: output.kind,
    signer: output.signer,
    applicant: row.applicant,
    office: row.office_code,
    assignee: row.assignee ?? undefined,
    openedAt: row.opened_at,
    dueAt: row.due_at ?? undefined,
    from: row.from_ar === null ? undefined : { ar: row.from_ar, en: row.from_en ?? '' },
    note: row.note ?? undefined,
  }
}
