import { sql } from 'kysely'
import { addWorkingDays, type CalendarDate, dateIn } from '../../lib/calendar.ts'
import { Conflict, Forbidden, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import { type AuditActor, looksAt, record } from '../audit/index.ts'
import { lookRules } from '../looks/index.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { calendarNow, samePerson } from '../people/index.ts'
import { told } from './told.ts'

export type Found = 'justified' | 'unjustified'

/** «Why did you look?», asked of one look by the person whose data it was. */
export type LookQuestion = {
  id: string
  auditId: string
  personId: string
  lookerId: string
  askedAt: Date
  /** The working day by which it is answered. */
  dueOn: CalendarDate
  answeredAt: Date | undefined
  found: Found | undefined
}

export type QuestionWord = { id: string; at: Date; byKind: 'citizen' | 'staff'; byId: string; words: string }

type Row = {
  question_id: string
  audit_id: string
  person_id: string
  looker_id: string
  asked_at: Date
  due_on: string
  answered_at: Date | null
  found: Found | null
}

const columns = sql.raw(
  'q.question_id, q.audit_id, q.person_id, q.looker_id, q.asked_at, q.due_on, q.answered_at, q.found',
)

const questionOf = (row: Row): LookQuestion => ({
  id: row.question_id,
  auditId: row.audit_id,
  personId: row.person_id,
  lookerId: row.looker_id,
  askedAt: row.asked_at,
  dueOn: row.due_on,
  answeredAt: row.answered_at ?? undefined,
  found: row.found ?? undefined,
})

/** The question this person asked of a look; undefined where they asked none. */
export async function questionAbout(
  tx: Read,
  personId: string,
  auditId: string,
): Promise<LookQuestion | undefined> {
  const { rows } = await sql<Row>`select ${columns} from look_question q
     where q.municipality_id = ${tx.town} and q.audit_id = ${auditId} and q.person_id = any(${samePerson(personId)})`.execute(
    tx.q,
  )
  return rows[0] && questionOf(rows[0])
}

/** One question for whoever answers. NotFound where there is none. */
export async function getQuestion(tx: Read, id: string, lock = false): Promise<LookQuestion> {
  const { rows } = await sql<Row>`select ${columns} from look_question q
     where q.municipality_id = ${tx.town} and q.question_id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-question')
  return questionOf(row)
}

/** Questions that wait, the first due first; or those answered, the latest first. */
export async function questionsFor(
  tx: Read,
  which: 'open' | 'answered',
  limit: number,
): Promise<LookQuestion[]> {
  const rest =
    which === 'open'
      ? sql`and q.answered_at is null order by q.due_on, q.question_id`
      : sql`and q.answered_at is not null order by q.asked_at desc, q.question_id desc`
  const { rows } = await sql<Row>`select ${columns} from look_question q
     where q.municipality_id = ${tx.town} ${rest} limit ${limit}`.execute(tx.q)
  return rows.map(questionOf)
}

/** What was said in a question, in its order. */
export async function wordsOfQuestion(tx: Read, id: string): Promise<QuestionWord[]> {
  const { rows } = await sql<{
    word_id: string
    at: Date
    by_kind: 'citizen' | 'staff'
    by_id: string
    words: string
  }>`
    select word_id, at, by_kind, by_id, words from look_question_word
     where municipality_id = ${tx.town} and question_id = ${id} order by word_id`.execute(tx.q)
  return rows.map(row => ({
    id: row.word_id,
    at: row.at,
    byKind: row.by_kind,
    byId: row.by_id,
    words: row.words,
  }))
}

/**
 * Asks why somebody looked, or says one thing more while it waits. Whoever looks after the lookers answers by the working day of the town's
 * rule. NotFound for a look at somebody else; Conflict `question-answered` once it is answered. Gives the question's id.
 */
export async function askWhyLooked(
  tx: Write,
  of: { town: Town; personId: string; auditId: string; words: string },
): Promise<string> {
  const { personId, auditId, words } = of
  const known = await questionAbout(tx, personId, auditId)
  if (known?.answeredAt) throw new Conflict('question-answered')
  const questionId = known?.id ?? newId(tx.now)
  const actor: AuditActor = { kind: 'citizen', id: personId }
  if (!known) {
    const [look] = await looksAt(tx, personId, { limit: 1, auditId })
    if (!look) throw new NotFound('no-such-look')
    const { answerDays } = await lookRules(tx)
    const calendar = await calendarNow(tx, of.town.timeZone)
    const dueOn = dateIn(addWorkingDays(calendar, tx.now, answerDays), of.town.timeZone)
    await sql`
      insert into look_question (municipality_id, question_id, audit_id, person_id, looker_id, looker_office, asked_at, due_on)
      values (${tx.town}, ${questionId}, ${auditId}, ${personId}, ${look.actorId}, ${look.who.officeCode ?? null}, ${tx.now}, ${dueOn})`.execute(
      tx.q,
    )
  }
  await record(tx, { actor, act: 'looks.asked', subjectKind: 'look', subjectId: auditId, personId })
  await addWord(tx, questionId, { kind: 'citizen', id: personId }, words)
  return questionId
}

const addWord = (tx: Write, id: string, by: { kind: 'citizen' | 'staff'; id: string }, words: string) =>
  sql`insert into look_question_word (municipality_id, question_id, word_id, at, by_kind, by_id, words)
      values (${tx.town}, ${id}, ${newId(tx.now)}, ${tx.now}, ${by.kind}, ${by.id}, ${words})`.execute(tx.q)

/**
 * Answers a question, once, and says whether the look had its ground. Forbidden `own-look` for whoever looked: nobody answers for
 * themselves. The person is told.
 */
export async function answerQuestion(
  tx: Write,
  house: House,
  of: { questionId: string; words: string; found: Found },
  by: AuditActor & { kind: 'staff' },
): Promise<LookQuestion> {
  const question = await getQuestion(tx, of.questionId, true)
  if (question.lookerId === by.id) throw new Forbidden('own-look')
  if (question.answeredAt) throw new Conflict('question-answered')
  await sql`update look_question set answered_at = ${tx.now}, answered_by = ${by.id}, found = ${of.found}
             where municipality_id = ${tx.town} and question_id = ${question.id}`.execute(tx.q)
  await addWord(tx, question.id, { kind: 'staff', id: by.id }, of.words)
  const { personId } = question
  await record(tx, {
    actor: by,
    act: 'looks.answered',
    subjectKind: 'look',
    subjectId: question.auditId,
    personId,
    cause: of.found,
  })
  await planMessage(tx, house, { ...(await worded(tx, house, told.answered, {})), personId })
  return question
}
