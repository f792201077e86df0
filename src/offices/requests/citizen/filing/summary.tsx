import type { PersonAnswer } from '../../../../kernel/definition/index.ts'
import type { DuesJudgement } from '../../../../kernel/dues/index.ts'
import { type FormFault, renderAnswers } from '../../../../kernel/form/index.ts'
import { checkPaper } from '../../../../kernel/papers/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, InvalidInput } from '../../../../lib/errors.ts'
import type { Localized } from '../../../../lib/localized.ts'
import { parseNationalId } from '../../../../lib/national-id.ts'
import type { Read, Write } from '../../../../platform/database/index.ts'
import { type Call, read, url, write } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type Due, duesOf, feeExemptionsOf } from '../../../treasury/index.ts'
import { strangeAccounts } from '../../accounts.ts'
import { saveDraft } from '../../drafts.ts'
import { type AssessedFee, assessFees, tariffsFor } from '../../fees.ts'
import { fileRequest } from '../../file.ts'
import { judgeDues } from '../../filing/check.ts'
import { actsForAnother, beneficiaryOf, concernedIn } from '../../parties/model.ts'
import { citizenOf } from '../citizen.ts'
import { sealTracking } from '../tracking-seal.ts'
import { besides, type Filing, openFiling, stationUrl, withFiling } from './desk.ts'
import { type PaperInHand, papersInHand } from './paper-desk.ts'
import { retiredPage } from './retired.tsx'
import { SummaryPage } from './summary-page.tsx'

/** A page of the form as it will be filed. */
export type SummaryPart = {
  pageId: string
  title: string
  items: { label: string; value: string }[]
  /** Questions whose identity number has a check digit that does not agree: to be looked at, never in the way. */
  doubtful: Localized[]
}

export type Summary = {
  filing: Filing
  parts: SummaryPart[]
  hands: PaperInHand[]
  dues: Due[]
  judgement: DuesJudgement
  fees: AssessedFee[]
  /** What stands in the way, besides dues. */
  missing: FormFault[]
}

/** Everything as it will be filed, with the dues and the fee, before the one button that files. */
export function showSummary(call: Call): Promise<Response> {
  return withFiling(call, filing => answer(call, filing, 200))
}

/**
 * Files the request, once, however often the button is pressed. A second press of the same form gets the first one's answer, and with it
 * the page that shows the tracking link.
 */
export function fileDraft(call: Call): Promise<Response> {
  const filing = () => write(call, async tx => ({ redirect: await file(tx, call) }))
  return withFiling(
    call,
    async filled => {
      const { missing } = await read(call, tx => summaryOf(tx, call, filled))
      if (missing.length > 0) return answer(call, filled, 422)
      try {
        return await filing()
      } catch (error) {
        if (error instanceof Conflict && error.code === 'service-retired')
          return showPage(call, retiredPage(filled.service), 410)
        if (error instanceof Conflict && error.code === 'dues-hold') return answer(call, filled, 409)
        if (error instanceof InvalidInput) return answer(call, filled, 422)
        throw error
      }
    },
    { filed: filing },
  )
}

async function file(tx: Write, call: Call): Promise<string> {
  const { draft, simulation, papers } = await openFiling(tx, call, true)
  if (draft.requestId) return url(call, addresses.myRequest, { id: draft.requestId })
  const asked = new Set(papers.map(paper => paper.id))
  const filed = await fileRequest(
    tx,
    { house: call.house, town: call.town },
    {
      serviceCode: draft.serviceCode,
      serviceVersion: draft.serviceVersion,
      channel: 'web',
      capacity: draft.capacity,
      applicantId: draft.personId,
      parties: draft.parties,
      answers: simulation.pruned,
      papers: Object.entries(draft.papers)
        .filter(([paperId]) => asked.has(paperId))
        .flatMap(([paperId, given]) => given.map(each => ({ paperId, ...each }))),
      by: { kind: 'citizen', personId: citizenOf(call).personId, relation: 'party' },
      draftId: draft.id,
    },
  )
  await saveDraft(tx, draft.id, { requestId: filed.requestId })
  const t = sealTracking(call, filed.trackingToken)
  return url(call, addresses.myRequestReceipt, { id: filed.requestId }, { t })
}

async function answer(call: Call, filing: Filing, status: number): Promise<Response> {
  const summary = await read(call, tx => summaryOf(tx, call, filing))
  const back = besides(filing, { kind: 'summary' }, -1)
  return showPage(
    call,
    <SummaryPage
      summary={summary}
      back={stationUrl(call, filing.draft.id, back ?? { kind: 'summary' })}
      tried={status !== 200}
    />,
    status,
  )
}

async function summaryOf(tx: Read, call: Call, filing: Filing): Promise<Summary> {
  const { draft, service, simulation, today, values } = filing
  const who = {
    applicantId: draft.personId,
    capacity: draft.capacity,
    parties: draft.parties,
    draftId: draft.id,
  }
  const rules = { ...values, answers: simulation.pruned, stepFields: {} }
  const tariffs = service.fees.length > 0 ? await tariffsFor(tx, service, today) : {}
  const exemptions = service.fees.length > 0 ? await feeExemptionsOf(tx, beneficiaryOf(who), today) : []
  const hands = await papersInHand(tx, filing)
  return {
    filing,
    parts: simulation.reachable.map(pageId => {
      const ids = new Set(service.page(pageId).fields.map(({ id }) => id))
      const answers = Object.fromEntries(Object.entries(simulation.pruned).filter(([id]) => ids.has(id)))
      const [readPage] = renderAnswers(service, answers, call.locale)
      const title = service.page(pageId).page.title[call.locale]
      return { pageId, title, items: readPage?.items ?? [], doubtful: doubtfulOf(filing, pageId) }
    }),
    hands,
    // What somebody else owes is not for their agent to read here: the rule's outcome is, and that alone.
    dues: actsForAnother(draft.capacity) ? [] : await duesOf(tx, draft.personId, today),
    judgement: await judgeDues(tx, service, who, today),
    fees: assessFees(service, 'before-filing', { ...rules, tariffs }, exemptions),
    missing: [
      ...simulation.missing,
      ...(await strangeAccounts(tx, service, simulation.pruned, concernedIn(who))),
      ...hands.flatMap(hand => missingOf(hand, today)),
    ],
  }
}

function doubtfulOf({ service, simulation }: Filing, pageId: string): Localized[] {
  return service.page(pageId).fields.flatMap(({ id, field }) => {
    const answer = simulation.pruned[id]
    const digits = field.kind === 'person' ? (answer as PersonAnswer | undefined)?.nationalId : answer
    if (!['person', 'national-id'].includes(field.kind) || typeof digits !== 'string' || digits === '')
      return []
    const read = parseNationalId(digits)
    return read.ok && !read.value.checkDigitOk ? [field.label] : []
  })
}

/** A paper that is not there, or whose age forbids it. */
function missingOf({ paper, given }: PaperInHand, today: string): FormFault[] {
  const [first] = given
  if (!first) return paper.optional ? [] : [{ field: paper.id, code: 'required' }]
  const issued = given.find(each => each.issuedOn !== undefined)?.issuedOn
  const type = first.type.replace(/^.*\//, '')
  const fault = checkPaper(paper, { type, size: first.size, ...(issued && { issuedOn: issued }) }, today)
  return fault ? [fault] : []
}
