import { sql } from 'kysely'
import { addWorkingDays, dateIn } from '../../../lib/calendar.ts'
import { shortDate } from '../../../lib/dates.ts'
import { Conflict, Forbidden } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { type AdmittedFile, addDocument } from '../../archive/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { planMessage, worded } from '../../messaging/index.ts'
import { calendarNow, changePerson, holdRecord, type Registration } from '../../people/index.ts'
import { rightsRules } from '../rules.ts'
import { told } from '../told.ts'
import { changedFields, needsAnother, openRecord, sealRecord, withFact } from './record.ts'
import { type Correction, type Fact, getCorrection } from './store.ts'
import { ar } from './strings.ar.ts'

type Desk = { house: House; town: Town }
type By = AuditActor & { kind: 'citizen' | 'staff' }
type StaffBy = AuditActor & { kind: 'staff' }

export type NewCorrection = {
  personId: string
  fact: Fact
  standsIn: string
  wrong: string
  correct: string
  papers: readonly AdmittedFile[]
}

/** The working day by which what came today is decided. */
async function dueFrom(tx: Write, { town }: Desk): Promise<string> {
  const { correctionDays } = await rightsRules(tx)
  const calendar = await calendarNow(tx, town.timeZone)
  return dateIn(addWorkingDays(calendar, tx.now, correctionDays), town.timeZone)
}

/** Takes down what somebody says is wrong, with its proof, and tells them the number and the day. Gives its id. */
export async function fileCorrection(tx: Write, desk: Desk, of: NewCorrection, by: By): Promise<string> {
  const id = newId(tx.now)
  const year = Number(dateIn(tx.now, desk.town.timeZone).slice(0, 4))
  const dueOn = await dueFrom(tx, desk)
  const { rows } = await sql<{
    number: number
  }>`select next_number('correction', ${year}::int) as number`.execute(tx.q)
  const number = rows[0]?.number ?? 0
  const { personId } = of
  await sql`
    insert into correction (municipality_id, correction_id, number, year, person_id, fact, stands_in, wrong, correct, filed_at, entered_by_kind,
                            entered_by, state, due_on)
    values (${tx.town}, ${id}, ${number}, ${year}, ${personId}, ${of.fact}, ${of.standsIn}, ${of.wrong}, ${of.correct}, ${tx.now}, ${by.kind},
            ${by.id}, 'open', ${dueOn})`.execute(tx.q)
  await addPapers(tx, { id, personId }, of.papers, by)
  await record(tx, {
    actor: by,
    act: 'rights.correction-filed',
    subjectKind: 'correction',
    subjectId: id,
    personId,
    cause: of.fact,
  })
  const date = shortDate(dueOn, { locale: 'ar', timeZone: desk.town.timeZone })
  const words = await worded(tx, desk.house, told.received, { number: `${number}/${year}`, date })
  await planMessage(tx, desk.house, { ...words, personId })
  return id
}

async function addPapers(
  tx: Write,
  of: { id: string; personId: string },
  papers: readonly AdmittedFile[],
  by: By,
): Promise<void> {
  for (const admitted of papers) {
    const documentId = await addDocument(tx, {
      admitted,
      kind: 'correction-proof',
      title: ar['paper-title'],
      ownerId: of.personId,
      source: by.kind === 'staff' ? 'scan' : 'upload',
      by,
    })
    await sql`insert into correction_paper (municipality_id, correction_id, document_id, at, by_kind, by_id)
      values (${tx.town}, ${of.id}, ${documentId}, ${tx.now}, ${by.kind}, ${by.id})`.execute(tx.q)
  }
}

const addWord = (tx: Write, id: string, by: By, words: string) =>
  sql`insert into correction_word (municipality_id, correction_id, word_id, at, by_kind, by_id, words)
      values (${tx.town}, ${id}, ${newId(tx.now)}, ${tx.now}, ${by.kind}, ${by.id}, ${words})`.execute(tx.q)

/** The correction, held for this act; Conflict `correction-decided` once it is decided. */
async function waiting(tx: Write, id: string, personId?: string): Promise<Correction> {
  const correction = await getCorrection(tx, id, { lock: true, ...(personId !== undefined && { personId }) })
  if (correction.decidedAt) throw new Conflict('correction-decided')
  return correction
}

/** The person says more, or brings the proof that was asked for: it goes on, and its days begin anew. */
export async function sayMore(
  tx: Write,
  desk: Desk,
  of: { id: string; personId: string; words: string; papers: readonly AdmittedFile[] },
  by: By,
): Promise<void> {
  const { state, personId } = await waiting(tx, of.id, of.personId)
  if (of.words !== '') await addWord(tx, of.id, by, of.words)
  await addPapers(tx, { id: of.id, personId }, of.papers, by)
  if (state === 'proof-asked')
    await sql`update correction set state = 'open', due_on = ${await dueFrom(tx, desk)}
       where municipality_id = ${tx.town} and correction_id = ${of.id}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'rights.correction-continued',
    subjectKind: 'correction',
    subjectId: of.id,
    personId,
  })
}

/** Asks for a proof; the person is told, and it waits for them. */
export async function askProof(
  tx: Write,
  desk: Desk,
  of: { id: string; words: string },
  by: StaffBy,
): Promise<void> {
  const correction = await waiting(tx, of.id)
  if (correction.state === 'proposed') throw new Conflict('correction-proposed')
  await addWord(tx, of.id, by, of.words)
  await sql`update correction set state = 'proof-asked' where municipality_id = ${tx.town} and correction_id = ${of.id}`.execute(
    tx.q,
  )
  await written(tx, correction, by, 'rights.correction-proof-asked')
  await tell(tx, desk, correction, told.proof)
}

/**
 * Accepts: a fact of the record is changed by `changePerson`, with what stood and what stands kept. Where the name or the number changes it is a
 * proposal, and another agrees. What stands elsewhere is changed by its own office, and `words` say what was done.
 */
export async function acceptCorrection(
  tx: Write,
  desk: Desk,
  of: { id: string; to: Registration | undefined; words: string },
  by: StaffBy,
): Promise<'accepted' | 'proposed'> {
  const correction = await waiting(tx, of.id)
  if (correction.state === 'proposed') throw new Conflict('correction-proposed')
  const { personId, fact } = correction
  if (of.to) {
    const before = await holdRecord(tx, desk.house.crypto, personId)
    const to = withFact(before, fact, of.to)
    if (needsAnother(changedFields(before, to))) {
      await sql`update correction set state = 'proposed', proposed_by = ${by.id}, proposed_at = ${tx.now},
          proposed_sealed = ${sealRecord(desk.house.crypto, tx.town, to)}
        where municipality_id = ${tx.town} and correction_id = ${of.id}`.execute(tx.q)
      if (of.words !== '') await addWord(tx, of.id, by, of.words)
      await written(tx, correction, by, 'rights.correction-proposed')
      return 'proposed'
    }
    await changePerson(tx, desk.house.crypto, { personId, to, reason: reasonOf(correction) }, by)
  }
  await accept(tx, desk, correction, by, of.words)
  return 'accepted'
}

/** Another agrees to a change of name or number, which is then made; or gives it back. Forbidden `own-proposal` for whoever proposed it. */
export async function judgeProposal(
  tx: Write,
  desk: Desk,
  of: { id: string; agreed: boolean; words: string },
  by: StaffBy,
): Promise<void> {
  const correction = await waiting(tx, of.id)
  const { proposed, personId, fact } = correction
  if (!proposed) throw new Conflict('nothing-proposed')
  if (proposed.by === by.id) throw new Forbidden('own-proposal')
  if (!of.agreed) {
    await sql`update correction set state = 'open', proposed_by = null, proposed_at = null, proposed_sealed = null
       where municipality_id = ${tx.town} and correction_id = ${of.id}`.execute(tx.q)
    await addWord(tx, of.id, by, of.words)
    await written(tx, correction, by, 'rights.correction-returned')
    return
  }
  const now = await holdRecord(tx, desk.house.crypto, personId)
  const to = withFact(now, fact, openRecord(desk.house.crypto, tx.town, proposed.sealed))
  await changePerson(tx, desk.house.crypto, { personId, to, reason: reasonOf(correction) }, by)
  await accept(tx, desk, correction, by, of.words)
}

/** Refuses with a reason; the person is told, and where to complain. */
export async function refuseCorrection(
  tx: Write,
  desk: Desk,
  of: { id: string; refusal: string; words: string },
  by: StaffBy,
): Promise<void> {
  const correction = await waiting(tx, of.id)
  await sql`update correction set state = 'refused', refusal = ${of.refusal}, answer = ${of.words}, decided_by = ${by.id}, decided_at = ${tx.now},
      proposed_by = null, proposed_at = null, proposed_sealed = null
    where municipality_id = ${tx.town} and correction_id = ${of.id}`.execute(tx.q)
  await written(tx, correction, by, 'rights.correction-refused')
  await tell(tx, desk, correction, told.refused)
}

async function accept(
  tx: Write,
  desk: Desk,
  correction: Correction,
  by: StaffBy,
  words: string,
): Promise<void> {
  await sql`update correction set state = 'accepted', answer = ${words === '' ? null : words}, decided_by = ${by.id}, decided_at = ${tx.now},
      proposed_sealed = null
    where municipality_id = ${tx.town} and correction_id = ${correction.id}`.execute(tx.q)
  await written(tx, correction, by, 'rights.correction-accepted')
  await tell(tx, desk, correction, told.accepted)
}

const reasonOf = ({ number }: Correction) => `${ar['reason-of']} ${number}`

const written = (tx: Write, { id, personId, fact }: Correction, actor: StaffBy, act: string) =>
  record(tx, { actor, act, subjectKind: 'correction', subjectId: id, personId, cause: fact })

async function tell(
  tx: Write,
  { house }: Desk,
  { personId, number }: Correction,
  words: typeof told.accepted,
): Promise<void> {
  await planMessage(tx, house, { ...(await worded(tx, house, words, { number })), personId })
}
