import type { Answers, CompiledService, RuleValues } from '../../../kernel/definition/index.ts'
import { applyDuesRule, type DuesJudgement, mayHold } from '../../../kernel/dues/index.ts'
import { type FormFault, simulate } from '../../../kernel/form/index.ts'
import { requiredPapers } from '../../../kernel/papers/index.ts'
import { Conflict, type Fault, InvalidInput } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import { duesOf, exceptionsFor } from '../../treasury/index.ts'
import { strangeAccounts } from '../accounts.ts'
import type { Filing } from './model.ts'
import { strangePapers } from './papers.ts'
import type { Standing } from './standing.ts'

/** Reads in the transaction at hand, or in one of its own. */
export type Reader = <T>(work: (tx: Read) => Promise<T>) => Promise<T>

/** A filing that nothing stands in the way of. */
export type Checked = { service: CompiledService; filing: Filing; values: RuleValues }

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

/** What the applicant's dues mean for this filing. */
export async function judgeDues(
  tx: Read,
  service: CompiledService,
  filing: Pick<Filing, 'applicantId' | 'draftId'>,
  today: string,
): Promise<DuesJudgement> {
  const dues = await duesOf(tx, filing.applicantId, today)
  if (dues.length === 0) return { outcome: 'clear', totals: [], because: [] }
  const exceptions = filing.draftId ? await exceptionsFor(tx, { draftId: filing.draftId }) : []
  const ofDues = exceptions.filter(({ scope }) => scope === 'dues')
  return applyDuesRule(service.definition.dues, dues, ofDues)
}

/**
 * Lets a filing through or says why not: `service-retired`, `channel-closed`, `capacity-not-accepted`, `dues-hold`, or `InvalidInput` with
 * a fault for each thing missing. The database is asked only where the service's own rules need it.
 */
export async function checkFiling(
  filing: Filing,
  { catalogue, tariffs }: Standing,
  today: string,
  reader: Reader,
): Promise<Checked> {
  const offered = catalogue.find(filing.serviceCode)
  if (!offered || offered.retired) throw new Conflict('service-retired', { code: filing.serviceCode })
  const { service } = catalogue.get(filing.serviceCode, filing.serviceVersion)
  const { definition } = service
  const { capacity, channel } = filing
  if (!definition.channels.includes(channel)) throw new Conflict('channel-closed', { channel })
  if (!definition.applicants.includes(capacity)) throw new Conflict('capacity-not-accepted', { capacity })

  const { faults: found, answers } = faultsOf(service, filing, today)
  const faults: Fault[] = [...found]
  const values: RuleValues = { answers, stepFields: {}, capacity, channel, today }
  if (asksForAccounts(service))
    faults.push(...(await reader(tx => strangeAccounts(tx, service, answers, filing.applicantId))))
  if (filing.by.kind === 'partner') faults.push(...strangePapers(service, filing, values))
  if (faults.length > 0) throw new InvalidInput(faults)

  if (mayHold(definition.dues)) {
    const judgement = await reader(tx => judgeDues(tx, service, filing, today))
    if (judgement.outcome === 'hold') throw new Conflict('dues-hold', { because: judgement.because })
  }
  const ofTheDay = { ...service.tariffsOn(today), ...tariffs }
  return { service, filing: { ...filing, answers }, values: { ...values, tariffs: ofTheDay } }
}

const asksForAccounts = (service: CompiledService): boolean =>
  service.pages.some(page => page.fields.some(({ field }) => field.kind === 'account'))
