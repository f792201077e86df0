import { may } from '../../../kernel/access/index.ts'
import { checkPaper } from '../../../kernel/papers/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { type Fault, Forbidden, InvalidInput } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { type AuditEntry, recordMany } from '../../audit/index.ts'
import { appointmentsOf } from '../../people/index.ts'
import {
  type ConfirmationWay,
  type Filed,
  type Filing,
  faultsOf,
  fileRequest,
  noteConfirmation,
  performAct,
  saveDraft,
} from '../../requests/index.ts'
import { carryExceptions, chargesOfRequest } from '../../treasury/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { confirmedHow } from '../confirm/confirmed.ts'
import { counterText } from '../strings.ts'
import { type Handed, readHanded } from '../tenders/handed.ts'
import { tenderFault } from '../tenders/refused.ts'
import { billFor, isBill, itemsOf, take } from '../till.ts'
import { keepTracking } from '../tracking.ts'
import { hang } from '../visit/hang.ts'
import { dueWords } from './due.ts'
import { keepCase, keepNow } from './keep.ts'
import { type Case, feeException, openCase, owesFee, serviceOf } from './open.ts'
import { boxes } from './papers-pane.tsx'
import { refusalText } from './refusals.ts'
import { showCaseAgain } from './show.tsx'

/**
 * Files the request, and where its fee is taken at this window takes it in the same transaction: number, receipt and acceptance stand
 * together or not at all. Without the money at hand the request waits for the collector.
 */
export async function fileCase(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const { draft, read: form } = await keepNow(call, draftId)
  if (draft.requestId) return showCaseAgain(call, {})
  const payIn = typedText(call, 'payIn')
  const of = await read(call, tx => openCase(tx, call, draftId, { payIn }))
  const collects = typedText(call, 'do') === 'collect' && owesFee(of)
  if (collects && !may(clerkOf(call), 'receipt.take'))
    throw new Forbidden('not-yours', { act: 'receipt.take' })

  const faults: Fault[] = [
    ...form.faults.filter(({ code }) => code !== 'required'),
    ...of.inHand.faults,
    ...missingIn(call, of),
  ]
  const money = collects ? moneyOf(call, of) : undefined
  if (money?.fault) faults.push(money.fault)
  if (of.needsConfirmation && !confirmationOf(call, of))
    faults.push({ field: 'confirmed', code: 'not-confirmed' })
  if (faults.length > 0) return showCaseAgain(call, { faults })
  return file(call, of, money?.handed)
}

async function file(call: Call, of: Case, handed: Handed | undefined): Promise<Response> {
  const draftId = of.form.draft.id
  try {
    return await write(call, async tx => {
      const { draft } = await keepCase(tx, call, draftId)
      if (draft.requestId) return { redirect: url(call, addresses.counterReceived, { id: draft.requestId }) }
      const filed = await fileRequest(tx, call, filingOf(call, of))
      await carryExceptions(tx, draftId, filed.requestId)
      await saveDraft(tx, draftId, { requestId: filed.requestId })
      await noteWhatWasSeen(tx, call, of, filed)
      const how = confirmationOf(call, of)
      const { requestId } = filed
      if (how) await noteConfirmation(tx, requestId, { how, answers: of.form.draft.answers }, byOf(call))
      await hang(tx, call, 'request.filed', { requestId: filed.requestId, personId: of.person.id })
      if (feeException(of) && of.fees.items.length > 0) await passFee(tx, call, of, filed.requestId)
      const receiptId = handed && (await takeFee(tx, call, of, filed.requestId, handed))
      keepTracking(call, filed.requestId, filed.trackingToken)
      const query = { receipt: receiptId, new: 1 }
      return { redirect: url(call, addresses.counterReceived, { id: filed.requestId }, query) }
    })
  } catch (error) {
    if (error instanceof InvalidInput) return showCaseAgain(call, { faults: [...error.faults] })
    const fault = tenderFault(error, name => typedText(call, name))
    if (fault) return showCaseAgain(call, { faults: [fault] })
    return showCaseAgain(call, { refusal: refusalText(error) }, 409)
  }
}

/** How the applicant confirmed what is being filed: read to them just now, or in the way they confirmed it before. */
function confirmationOf(call: Call, of: Case): ConfirmationWay | undefined {
  if (typedText(call, 'confirmed') === 'yes') return 'read-aloud'
  const how = confirmedHow(of.form.draft)
  return how === 'old' ? undefined : how
}

function filingOf(call: Call, of: Case): Filing {
  const clerk = clerkOf(call)
  const { draft } = of.form
  const shown = new Set(of.papers.map(({ paper }) => paper.id))
  return {
    serviceCode: draft.serviceCode,
    serviceVersion: draft.serviceVersion,
    channel: 'counter',
    capacity: draft.capacity,
    applicantId: draft.personId,
    parties: of.inHand.parties,
    answers: draft.answers,
    papers: Object.entries(draft.papers)
      .filter(([paperId]) => shown.has(paperId))
      .flatMap(([paperId, given]) => given.map(each => ({ paperId, ...each }))),
    by: { kind: 'staff', staffId: clerk.staffId, appointments: clerk.appointments },
    draftId: draft.id,
    tellsFee: !settlesNow(call, of),
  }
}

/** Whether the fee is settled in the act of filing, so that nobody need be asked for it. */
const settlesNow = (call: Call, of: Case): boolean =>
  feeException(of) !== undefined || typedText(call, 'do') === 'collect'

/** Unanswered questions, papers not there, and papers whose day of issue is missing or too long ago. */
function missingIn(call: Call, of: Case): Fault[] {
  const { today } = of.form
  const { faults } = faultsOf(serviceOf(of), filingOf(call, of), today)
  const stale = of.papers.flatMap(({ paper, given }): Fault[] => {
    const [first] = given
    if (!first || paper.validDays === undefined) return []
    const arrived = {
      type: first.type,
      size: first.size,
      ...(first.issuedOn && { issuedOn: first.issuedOn }),
    }
    const fault = checkPaper(paper, arrived, today)
    return fault ? [{ ...fault, field: boxes.issued(paper.id) }] : []
  })
  return [...faults, ...stale]
}

function moneyOf(call: Call, of: Case): { handed?: Handed | undefined; fault?: Fault | undefined } {
  if (!isBill(of.bill)) return { fault: { field: 'received', code: 'amount-changed' } }
  if (typedText(call, 'due') !== dueWords(of.bill))
    return { fault: { field: 'received', code: 'amount-changed' } }
  return readHanded(name => typedText(call, name), of.bill)
}

async function takeFee(
  tx: Write,
  call: Call,
  of: Case,
  requestId: string,
  { tenders }: Handed,
): Promise<string | undefined> {
  const charges = (await chargesOfRequest(tx, requestId)).filter(
    charge => charge.feePoint === 'before-filing',
  )
  const bill = await billFor(tx, itemsOf(charges), of.payIn)
  if (!isBill(bill) || !isBill(of.bill) || dueWords(bill) !== dueWords(of.bill))
    throw new InvalidInput([{ field: 'received', code: 'amount-changed' }])
  const payer = { personId: of.person.id, name: of.person.displayName }
  return (await take(tx, call, { bill, tenders, payer, requestId })).id
}

/** The fee is let pass by the name of whoever granted it; what is owed stays owed. */
async function passFee(tx: Write, call: Call, of: Case, requestId: string): Promise<void> {
  const exception = feeException(of)
  if (!exception) return
  const appointments = await appointmentsOf(tx, exception.by, of.form.today)
  await performAct(tx, call, {
    requestId,
    name: 'pay',
    actor: {
      kind: 'staff',
      staffId: exception.by,
      appointments: appointments.map(({ role, office }) => ({ role, office })),
    },
    data: { exception: { by: exception.by, reason: exception.reason } },
  })
}

async function noteWhatWasSeen(tx: Write, call: Call, of: Case, { requestId }: Filed): Promise<void> {
  const { notes, person, papers } = of
  const entry = (act: string, cause: string): AuditEntry => ({
    actor: byOf(call),
    act,
    subjectKind: 'request',
    subjectId: requestId,
    personId: person.id,
    requestId,
    cause,
  })
  const originals = papers.filter(
    ({ paper, given }) => given.length > 0 && notes.originals.includes(paper.id),
  )
  await recordMany(tx, [
    ...(confirmationOf(call, of) === 'read-aloud'
      ? [entry('counter.summary-confirmed', counterText('ar', 'confirmed'))]
      : []),
    ...(notes.identitySeen ? [entry('counter.identity-seen', counterText('ar', 'cause-identity'))] : []),
    ...originals.map(({ paper }) => entry('counter.original-seen', paper.name.ar)),
  ])
}
