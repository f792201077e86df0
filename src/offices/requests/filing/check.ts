import type { Answers, CompiledService, RuleValues } from '../../../kernel/definition/index.ts'
import { applyDuesRule, type DuesJudgement, mayHold } from '../../../kernel/dues/index.ts'
import { type FormFault, simulate } from '../../../kernel/form/index.ts'
import { requiredPapers } from '../../../kernel/papers/index.ts'
import { Conflict, type Fault, InvalidInput } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Due, duesOf, exceptionsFor, type FeeExemption, feeExemptionsOf } from '../../treasury/index.ts'
import { strangeAccounts } from '../accounts.ts'
import { actsForAnother, beneficiaryOf, concernedIn, inTerm, sharesExceedWhole } from '../parties/model.ts'
import type { Filing } from './model.ts'
import { strangePapers } from './papers.ts'
import type { Standing } from './standing.ts'

/** Reads in the transaction at hand, or in one of its own. */
export type Reader = <T>(work: (tx: Read) => Promise<T>) => Promise<T>

/** A filing that nothing stands in the way of. */
export type Checked = {
  service: CompiledService
  filing: Filing
  values: RuleValues
  exemptions: readonly FeeExemption[]
}

/**
 * What stands in the way of filing: unanswered questions and papers not yet there. Conditions are those of the pruned answers, so nothing
 * unreachable is asked for.
 */
export function faultsOf(
  service: CompiledService,
  filing: Filing,
  today: string,
): { faults: FormFault[]; answers: Answers } {
  const { capacity, channel } = filing
  const simulation = simulate(service, filing.answers, { capacity, channel, today })
  const values: RuleValues = { answers: simulation.pruned, stepFields: {}, capacity, channel, today }
  const missing = requiredPapers(service, values)
    .filter(paper => !paper.optional && !filing.papers.some(({ paperId }) => paperId === paper.id))
    .map((paper): FormFault => ({ field: paper.id, code: 'required' }))
  return { faults: [...simulation.missing, ...missing], answers: simulation.pruned }
}

/** What several people owe together, each charge once. */
export async function duesOfThose(tx: Read, personIds: readonly string[], today: string): Promise<Due[]> {
  const found = new Map<string, Due>()
  for (const personId of personIds)
    for (const due of await duesOf(tx, personId, today)) found.set(due.chargeId, due)
  return [...found.values()]
}

/** What the dues of whoever it is for mean for this filing. */
export async function judgeDues(
  tx: Read,
  service: CompiledService,
  filing: Pick<Filing, 'applicantId' | 'capacity' | 'parties' | 'draftId' | 'partOf'>,
  today: string,
): Promise<DuesJudgement> {
  const dues = await duesOfThose(tx, concernedIn(filing), today)
  if (dues.length === 0) return { outcome: 'clear', totals: [], because: [] }
  // What let the application pass lets its parts pass.
  const of = filing.partOf
    ? { requestId: filing.partOf.requestId }
    : filing.draftId && { draftId: filing.draftId }
  const exceptions = of ? await exceptionsFor(tx, of) : []
  const ofDues = exceptions.filter(({ scope }) => scope === 'dues')
  return applyDuesRule(service.definition.dues, dues, ofDues)
}

/**
 * Lets a filing through or says why not: `service-retired`, `channel-closed`, `capacity-not-accepted`, `dues-hold`, or `InvalidInput` with
 * a fault for each thing missing. The database is asked only where the service's own rules need it.
 */
export async function checkFiling(
  filing: Filing,
  { catalogue, tariffs, exempting }: Standing,
  today: string,
  reader: Reader,
): Promise<Checked> {
  const offered = catalogue.find(filing.serviceCode)
  if (!offered || offered.retired) throw new Conflict('service-retired', { code: filing.serviceCode })
  const { service } = catalogue.get(filing.serviceCode, filing.serviceVersion)
  const { definition } = service
  const { capacity, channel } = filing
  if (!filing.partOf && !definition.channels.includes(channel))
    throw new Conflict('channel-closed', { channel })
  if (!definition.applicants.includes(capacity)) throw new Conflict('capacity-not-accepted', { capacity })

  const { faults: found, answers } = faultsOf(service, filing, today)
  const papers = new Set(filing.partOf ? definition.papers.map(({ id }) => id) : [])
  const faults: Fault[] = found.filter(({ field }) => !papers.has(field))
  const values: RuleValues = { answers, stepFields: {}, capacity, channel, today }
  if (asksForAccounts(service))
    faults.push(...(await reader(tx => strangeAccounts(tx, service, answers, concernedIn(filing)))))
  faults.push(...partyFaults(filing, today))
  if (filing.by.kind === 'partner') faults.push(...strangePapers(service, filing, values))
  if (faults.length > 0) throw new InvalidInput(faults)

  if (mayHold(definition.dues)) {
    const judgement = await reader(tx => judgeDues(tx, service, filing, today))
    if (judgement.outcome === 'hold') throw new Conflict('dues-hold', { because: judgement.because })
  }
  const ofTheDay = { ...service.tariffsOn(today), ...tariffs }
  const atOnce = exempting && service.fees.some(fee => fee.at === 'before-filing')
  const exemptions = atOnce ? await reader(tx => feeExemptionsOf(tx, beneficiaryOf(filing), today)) : []
  return { service, filing: { ...filing, answers }, values: { ...values, tariffs: ofTheDay }, exemptions }
}

/** Parties that cannot stand: a term that has passed, shares over the whole, somebody who acts for themselves. */
function partyFaults({ applicantId, capacity, parties = [] }: Filing, today: string): Fault[] {
  const faults: Fault[] = []
  if (parties.some(party => !inTerm(party, today))) faults.push({ field: 'parties', code: 'proof-expired' })
  if (sharesExceedWhole(parties)) faults.push({ field: 'parties', code: 'shares-over-whole' })
  const himself = parties.some(party => party.capacity === 'principal' && party.personId === applicantId)
  if (himself && actsForAnother(capacity)) faults.push({ field: 'parties', code: 'principal-is-applicant' })
  return faults
}

const asksForAccounts = (service: CompiledService): boolean =>
  service.pages.some(page => page.fields.some(({ field }) => field.kind === 'account'))
