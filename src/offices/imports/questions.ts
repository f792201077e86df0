import { sql } from 'kysely'
import { BadRequest, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import type { Candidate, Choice, Question, Told } from './model.ts'
import { hex, type SourceKeys } from './sealed.ts'

export type NewQuestion = {
  kind: Question['kind']
  subject: Buffer
  reason: string
  candidates: Candidate[]
  told: Told
}

/** A decision as it is used when rows are written. */
export type Decision = { choice: Choice; personId: string | undefined; otherIdent: Buffer | undefined }

/** Asks what nobody has decided yet; what was asked before is asked with what is known now. One statement. */
export async function ask(
  tx: Write,
  keys: SourceKeys,
  of: { sourceId: string; runId: string },
  questions: readonly NewQuestion[],
): Promise<void> {
  if (questions.length === 0) return
  const given = questions.map(each => ({
    id: newId(tx.now),
    kind: each.kind,
    subject: hex(each.subject),
    reason: each.reason,
    candidates: each.candidates,
    told: hex(keys.seal(each.told)),
  }))
  await sql`
    insert into import_question as q (municipality_id, question_id, source_id, kind, subject, reason, candidates, told_sealed, run_id, asked_at)
    select ${tx.town}::uuid, id, ${of.sourceId}::uuid, kind, subject, reason, candidates, told, ${of.runId}::uuid, ${tx.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid, kind text, subject bytea, reason text, candidates jsonb, told bytea)
    on conflict (municipality_id, source_id, kind, subject) do update
      set reason = excluded.reason, candidates = excluded.candidates, told_sealed = excluded.told_sealed, run_id = excluded.run_id
      where q.choice is null`.execute(tx.q)
}

/** What was decided of these subjects, by their hex. */
export async function decisionsOn(
  tx: Read,
  sourceId: string,
  kind: Question['kind'],
  subjects: readonly Buffer[],
): Promise<Map<string, Decision>> {
  if (subjects.length === 0) return new Map()
  const { rows } = await sql<{
    subject: string
    choice: Choice
    person_id: string | null
    other_ident: Buffer | null
  }>`
    select encode(subject, 'hex') as subject, choice, person_id, other_ident from import_question
     where municipality_id = ${tx.town} and source_id = ${sourceId} and kind = ${kind} and choice is not null
       and subject = any(array(select decode(x, 'hex') from unnest(${subjects.map(each => each.toString('hex'))}::text[]) x))`.execute(
    tx.q,
  )
  return new Map(
    rows.map(row => [
      row.subject,
      {
        choice: row.choice,
        personId: row.person_id ?? undefined,
        otherIdent: row.other_ident ?? undefined,
      },
    ]),
  )
}

type Row = {
  question_id: string
  kind: Question['kind']
  reason: string
  candidates: Candidate[]
  told_sealed: Buffer
  choice: Choice | null
  decided_at: Date | null
}

const columns = sql`question_id, kind, reason, candidates, told_sealed, choice, decided_at`

/** What waits for a decision in a source, the oldest first, and how many there are of each reason. */
export async function openQuestions(
  tx: Read,
  keys: SourceKeys,
  sourceId: string,
  { reason, limit, offset = 0 }: { reason?: string | undefined; limit: number; offset?: number },
): Promise<Question[]> {
  const { rows } = await sql<Row>`
    select ${columns} from import_question
     where municipality_id = ${tx.town} and source_id = ${sourceId} and choice is null ${reason ? sql`and reason = ${reason}` : sql``}
     order by reason, asked_at, question_id limit ${limit} offset ${offset}`.execute(tx.q)
  return rows.map(row => toQuestion(row, keys))
}

export async function openCounts(tx: Read, sourceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ reason: string; count: number }>`
    select reason, count(*)::int as count from import_question
     where municipality_id = ${tx.town} and source_id = ${sourceId} and choice is null group by reason order by reason`.execute(
    tx.q,
  )
  return new Map(rows.map(row => [row.reason, row.count]))
}

/**
 * Writes what somebody decided. `candidate` is the place of the one chosen. Decided once, it is not asked again; the decision can be changed
 * as long as nothing rests on it.
 */
export async function decide(
  tx: Write,
  input: {
    questionId: string
    sourceId?: string | undefined
    choice: Choice
    candidate?: number | undefined
  },
  by: AuditActor,
): Promise<void> {
  const of = input.sourceId === undefined ? sql`` : sql`and source_id = ${input.sourceId}`
  const { rows } = await sql<Row>`
    select ${columns} from import_question
     where municipality_id = ${tx.town} and question_id = ${input.questionId} ${of} for update`.execute(tx.q)
  const row = rows[0]
  if (!row) throw new NotFound('no-such-question')
  const fits =
    row.kind === 'person'
      ? ['person', 'new', 'leave'].includes(input.choice)
      : ['includes', 'excludes', 'leave'].includes(input.choice)
  const chosen = input.choice === 'person' ? row.candidates[input.candidate ?? 0] : undefined
  if (!fits || (input.choice === 'person' && !chosen)) throw new BadRequest('not-a-choice')
  await sql`
    update import_question set choice = ${input.choice}, person_id = ${chosen?.personId ?? null},
           other_ident = ${chosen?.ident ? Buffer.from(chosen.ident, 'hex') : null}, decided_by = ${by.kind === 'staff' ? by.id : null},
           decided_at = ${tx.now}
     where municipality_id = ${tx.town} and question_id = ${input.questionId}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'imports.decided',
    subjectKind: 'import-question',
    subjectId: input.questionId,
    cause: input.choice,
    personId: chosen?.personId,
  })
}

/** Decides every open question of a reason alike: with the first candidate, as new people, or to leave them. Gives how many. */
export async function decideAll(
  tx: Write,
  input: { sourceId: string; reason: string; choice: Exclude<Choice, 'includes' | 'excludes'> },
  by: AuditActor,
): Promise<number> {
  const first = sql`candidates->0`
  const done = await sql`
    update import_question
       set choice = ${input.choice}, decided_at = ${tx.now}, decided_by = ${by.kind === 'staff' ? by.id : null},
           person_id = case when ${input.choice}::text = 'person' then (${first}->>'personId')::uuid end,
           other_ident = case when ${input.choice}::text = 'person' then decode(${first}->>'ident', 'hex') end
     where municipality_id = ${tx.town} and source_id = ${input.sourceId} and reason = ${input.reason} and kind = 'person'
       and choice is null`.execute(tx.q)
  const count = Number(done.numAffectedRows ?? 0n)
  await record(tx, {
    actor: by,
    act: 'imports.decided-all',
    subjectKind: 'import-source',
    subjectId: input.sourceId,
    cause: `${input.reason} ${input.choice} ${count}`,
  })
  return count
}

const toQuestion = (row: Row, keys: SourceKeys): Question => ({
  id: row.question_id,
  kind: row.kind,
  reason: row.reason,
  candidates: row.candidates,
  told: keys.open<Told>(row.told_sealed),
  choice: row.choice ?? undefined,
  decidedAt: row.decided_at ?? undefined,
})
