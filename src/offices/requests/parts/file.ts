import {
  type Answers,
  type CompiledService,
  fromFeel,
  type Part,
  type RuleValues,
} from '../../../kernel/definition/index.ts'
import { requiredPapers } from '../../../kernel/papers/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, DomainError } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import type { Desk } from '../desk.ts'
import type { Filed, Filing, FilingPaper } from '../filing/model.ts'
import type { Request } from '../model.ts'
import { type AttachedPaper, papersOf } from '../papers.ts'
import { inTerm } from '../parties/model.ts'
import { partiesOf } from '../parties/store.ts'
import { markPart, outcomesOf, partsOf } from './store.ts'

type Of = { request: Request; service: CompiledService; values: RuleValues }
type File = (tx: Write, desk: Desk, filing: Filing) => Promise<Filed>

/**
 * Files a request of another service as a part of this one, for the same parties: its answers come from the part's rules and from fields
 * of the same name, and papers of the same kind are shared. A part that lives already, or was granted, is not filed again. What stands in
 * the way is `Conflict('part-not-filed')`, or `part-held-by-dues`, and the act that led here is undone.
 */
export async function filePart(
  tx: Write,
  desk: Desk,
  of: Of,
  at: { step: string; part: string },
  file: File,
): Promise<void> {
  const { request, service, values } = of
  const part = service.step(at.step).parts?.find(({ id }) => id === at.part)
  if (!part) throw new Error(`${request.serviceCode} has no part ${at.part} at ${at.step}`)
  const before = outcomesOf(await partsOf(tx, request.id), at.step).find(({ id }) => id === part.id)
  if (before?.state === 'running' || before?.state === 'done') return
  const offered = (await catalogueOf(tx)).find(part.service)
  if (!offered || offered.retired) throw notFiled(part, 'service-retired')
  const { service: own } = offered
  const answers = answersOf(part, own, of)
  const partValues: RuleValues = { ...values, answers, stepFields: {} }
  const today = dateIn(tx.now, desk.town.timeZone)
  const filing: Filing = {
    serviceCode: part.service,
    serviceVersion: own.definition.version,
    channel: request.channel,
    capacity: request.capacity,
    applicantId: request.applicantId,
    parties: (await partiesOf(tx, request.id)).filter(
      party =>
        inTerm(party, today) &&
        !(party.personId === request.applicantId && party.capacity === request.capacity),
    ),
    answers,
    papers: sharedPapers(own, partValues, service, await papersOf(tx, request.id)),
    by: { kind: 'system' },
    partOf: { requestId: request.id, ...at },
  }
  try {
    const filed = await file(tx, desk, filing)
    await markPart(tx, filed.requestId, { requestId: request.id, ...at })
  } catch (error) {
    if (error instanceof DomainError) throw notFiled(part, error.code, error)
    throw error
  }
}

const notFiled = (part: Part, because: string, cause?: DomainError): Conflict =>
  new Conflict(because === 'dues-hold' ? 'part-held-by-dues' : 'part-not-filed', {
    part: part.id,
    service: part.service,
    because,
    details: cause?.details,
  })

function answersOf(part: Part, own: CompiledService, { request, service, values }: Of): Answers {
  const known: Answers = { ...request.answers, ...values.stepFields }
  const fields = own.definition.form.pages.flatMap(page => page.fields)
  return Object.fromEntries(
    fields.flatMap(field => {
      const rule = part.answers?.[field.id]
      const answer = rule === undefined ? known[field.id] : fromFeel(field, service.valueOf(rule, values))
      return answer === undefined ? [] : [[field.id, answer] as const]
    }),
  )
}

/** Papers the part asks for that are there under the same kind; what an officer refused is not shared. */
function sharedPapers(
  own: CompiledService,
  values: RuleValues,
  { definition }: CompiledService,
  there: readonly AttachedPaper[],
): FilingPaper[] {
  const kinds = new Map(definition.papers.map(paper => [paper.id, paper.kind]))
  return requiredPapers(own, values).flatMap(({ id, kind }): FilingPaper[] => {
    const found = there.findLast(paper => kinds.get(paper.paperId) === kind && paper.state !== 'refused')
    return found ? [{ paperId: id, documentId: found.documentId, state: 'supplied' }] : []
  })
}
