import type { CompiledService, Paper, RuleValues } from '../../../../kernel/definition/index.ts'
import { type FormValues, type Simulation, simulate } from '../../../../kernel/form/index.ts'
import { requiredPapers } from '../../../../kernel/papers/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { type CalendarDate, dateIn } from '../../../../lib/calendar.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import { catalogueOf } from '../../../catalogue/index.ts'
import { type Draft, getDraft } from '../../drafts.ts'
import { ownerOf } from '../citizen.ts'
import { retiredPage } from './retired.tsx'

/** A form in hand: what was written, under which rules, and how far it has come. */
export type Filing = {
  draft: Draft
  service: CompiledService
  /** The town no longer offers the service; the draft stays. */
  retired: boolean
  today: CalendarDate
  values: FormValues
  simulation: Simulation
  papers: Paper[]
}

/** One stop on the way through a form. */
export type Station = { kind: 'page'; id: string } | { kind: 'papers' } | { kind: 'summary' }

/** The citizen's own form; `lock` holds it until the transaction ends. */
export async function openFiling(tx: Read, call: Call, lock = false): Promise<Filing> {
  const draft = await getDraft(tx, idParam(call, 'draft'), ownerOf(call), lock)
  const catalogue = await catalogueOf(tx)
  const { service } = catalogue.get(draft.serviceCode, draft.serviceVersion)
  const retired = catalogue.find(draft.serviceCode)?.retired !== false
  return filingOf(draft, service, retired, dateIn(tx.now, call.town.timeZone))
}

/** The form as it stands with these answers. */
export function filingOf(
  draft: Draft,
  service: CompiledService,
  retired: boolean,
  today: CalendarDate,
): Filing {
  const { capacity, channel } = draft
  const values = { capacity, channel, today }
  const simulation = simulate(service, draft.answers, values)
  const rules: RuleValues = { ...values, answers: simulation.pruned, stepFields: {} }
  return { draft, service, retired, today, values, simulation, papers: requiredPapers(service, rules) }
}

/** What a form sent too late still does: answers for one that was filed, keeps what was written for a service that was stopped. */
type Otherwise = { filed?: () => Promise<Response>; keep?: () => Promise<unknown> }

/**
 * Opens the form for a page: one already filed leads to its request (or to what `filed` says), one of a service that was stopped says so. Both keep what was
 * written.
 */
export async function withFiling(
  call: Call,
  show: (filing: Filing) => Promise<Response> | Response,
  otherwise: Otherwise = {},
): Promise<Response> {
  const filing = await read(call, tx => openFiling(tx, call))
  const { requestId } = filing.draft
  if (requestId && otherwise.filed) return otherwise.filed()
  if (requestId) return redirect(url(call, addresses.myRequest, { id: requestId }))
  if (filing.retired) {
    await otherwise.keep?.()
    return showPage(call, retiredPage(filing.service), 410)
  }
  return show(filing)
}

/** The stops of this form for these answers, in order. */
export function stationsOf({ simulation, papers }: Filing): Station[] {
  return [
    ...simulation.reachable.map((id): Station => ({ kind: 'page', id })),
    ...(papers.length > 0 ? [{ kind: 'papers' } as const] : []),
    { kind: 'summary' },
  ]
}

export const sameStation = (a: Station, b: Station): boolean =>
  a.kind === b.kind && (a.kind !== 'page' || b.kind !== 'page' || a.id === b.id)

/** The stop beside this one: after it with 1, before it with -1. */
export function besides(filing: Filing, here: Station, distance: 1 | -1): Station | undefined {
  const all = stationsOf(filing)
  return all[all.findIndex(each => sameStation(each, here)) + distance]
}

/** Where a stop stands. */
export function stationUrl(call: Call, draftId: string, station: Station): string {
  const draft = draftId
  if (station.kind === 'page') return url(call, addresses.draftPage, { draft, page: station.id })
  return url(call, station.kind === 'papers' ? addresses.draftPapers : addresses.draftSummary, { draft })
}

/** Where somebody goes on who comes back to a form: the first stop with something to do. */
export function resumeAt(filing: Filing): Station {
  const { firstIncomplete } = filing.simulation
  if (firstIncomplete) return { kind: 'page', id: firstIncomplete }
  const here = filing.papers.some(paper => !paper.optional && !(filing.draft.papers[paper.id]?.length ?? 0))
  return here ? { kind: 'papers' } : { kind: 'summary' }
}
