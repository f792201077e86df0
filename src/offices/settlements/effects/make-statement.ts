import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import { addDocument } from '../../archive/index.ts'
import { record } from '../../audit/index.ts'
import { setStatement } from '../../certificates/index.ts'
import { getPerson } from '../../people/index.ts'
import { actionsOf, attachPaper, type Effect, papersOf, requestNumber } from '../../requests/index.ts'
import { statementOfPerson } from '../../treasury/index.ts'
import { byOf, peopleOf, readFacts } from './told.ts'

/** By which a statement hangs on its request: what the step that makes it has to show. */
const statementPaper = 'statement'

const facts = z.object({
  /** The first day that is listed; the first of the year unless said. */
  statementFrom: z.iso.date().optional(),
})

/**
 * `treasury.make-statement`: the statement of whoever's affair it is, from `statementFrom` to this instant, is set on paper and hangs on
 * the request. Reads the books and changes nothing in them. What somebody owes is told to nobody who says they act for them before one of
 * the staff had it in hand.
 * @throws Conflict `capacity-not-read`
 */
export const makeStatement: Effect = async (tx, desk, { request, service, by }) => {
  if ((await papersOf(tx, request.id)).some(paper => paper.paperId === statementPaper)) return
  const { statementFrom } = readFacts(facts, request)
  const { beneficiary } = await peopleOf(tx, request)
  if (by === 'system' && beneficiary !== request.applicantId) {
    const acts = await actionsOf(tx, request.id)
    if (!acts.some(({ name, actor }) => actor.kind === 'staff' && name !== 'file'))
      throw new Conflict('capacity-not-read')
  }
  const today = dateIn(tx.now, desk.town.timeZone)
  const from = statementFrom ?? `${today.slice(0, 4)}-01-01`
  const [person, statement] = [
    await getPerson(tx, beneficiary),
    await statementOfPerson(tx, beneficiary, today, { from }),
  ]
  const number = requestNumber(request)
  const { pdf, pages } = await setStatement(tx, {
    holder: person.displayName,
    requestNumber: number,
    from,
    opening: statement.opening,
    closing: statement.closing,
    lines: statement.lines.map(({ at, label, description, document, amount, balance }) => ({
      at,
      label: label?.ar ?? description,
      document: document ?? '',
      amount,
      balance,
    })),
  })
  const { sha256, size } = await desk.house.files.put(tx.town, pdf)
  const title = service.definition.name.ar
  const fileName = `${title} ${number.replace('/', '-')}.pdf`
  const documentId = await addDocument(tx, {
    admitted: { sha256, size, type: 'application/pdf', fileName, pages },
    kind: 'account-statement',
    title: `${title} ${number}`,
    ownerId: beneficiary,
    issuedOn: today,
    source: 'issued',
    by: byOf(by),
  })
  await attachPaper(tx, request.id, { paperId: statementPaper, documentId, state: 'supplied' }, byOf(by))
  await record(tx, {
    actor: byOf(by),
    act: 'treasury.statement-made',
    subjectKind: 'person',
    subjectId: beneficiary,
    personId: beneficiary,
    requestId: request.id,
  })
}
