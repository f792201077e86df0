import type { CompiledService, RuleValues } from '../../../kernel/definition/index.ts'
import { checkPaper, paperTerms, requiredPapers } from '../../../kernel/papers/index.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import { documentsByIds } from '../../archive/index.ts'
import type { Filing } from './model.ts'

/** Papers a program names that the service does not ask for with these answers. A clerk and a citizen choose from what they see. */
export function strangePapers(service: CompiledService, filing: Filing, values: RuleValues): Fault[] {
  const asked = new Set(requiredPapers(service, values).map(paper => paper.id))
  return filing.papers.flatMap(({ paperId }): Fault[] =>
    asked.has(paperId) ? [] : [{ field: paperId, code: 'paper-not-asked' }],
  )
}

/** What the database holds each document to, in the statement that files: the paper's terms of the day. */
export function termsRow(service: CompiledService, paperId: string, today: string) {
  const paper = service.definition.papers.find(({ id }) => id === paperId)
  if (!paper) throw new Error(`${service.definition.code} has no paper ${paperId}`)
  const { types, mostBytes, issuedFrom, issuedUntil } = paperTerms(paper, today)
  return { types, most_bytes: mostBytes, issued_from: issuedFrom ?? null, issued_until: issuedUntil }
}

/** What is wrong with documents a program named, after the database refused them: not its own, of another type, too old. */
export async function foreignPapers(
  tx: Read,
  service: CompiledService,
  filing: Filing,
  keyId: string,
  today: string,
): Promise<Fault[]> {
  const documents = await documentsByIds(
    tx,
    filing.papers.map(({ documentId }) => documentId),
  )
  return filing.papers.flatMap(({ paperId, documentId }): Fault[] => {
    const paper = service.definition.papers.find(({ id }) => id === paperId)
    const document = documents.find(({ id }) => id === documentId)
    if (!paper || document?.addedBy.kind !== 'partner' || document.addedBy.id !== keyId)
      return [{ field: paperId, code: 'no-such-document' }]
    const { type, size, issuedOn } = document
    const fault = checkPaper(paper, { type, size, ...(issuedOn && { issuedOn }) }, today)
    return fault ? [fault] : []
  })
}
