import type { CompiledService, RuleValues } from '../../../kernel/definition/index.ts'
import { checkPaper, requiredPapers } from '../../../kernel/papers/index.ts'
import type { Fault } from '../../../lib/errors.ts'
import { documentsByIds } from '../../archive/index.ts'
import type { Reader } from './check.ts'
import type { Filing } from './model.ts'

/**
 * What is wrong with the papers a partner's program names: one the service does not ask for with these answers, a document the program did
 * not send itself, one of the wrong type or too old. A clerk and a citizen choose from what they see; a program may name anything.
 */
export async function foreignPapers(
  reader: Reader,
  service: CompiledService,
  filing: Filing,
  keyId: string,
  values: RuleValues,
): Promise<Fault[]> {
  if (filing.papers.length === 0) return []
  const asked = new Map(requiredPapers(service, values).map(paper => [paper.id, paper]))
  const ids = filing.papers.map(({ documentId }) => documentId)
  const documents = await reader(tx => documentsByIds(tx, ids))
  return filing.papers.flatMap(({ paperId, documentId }): Fault[] => {
    const paper = asked.get(paperId)
    if (!paper) return [{ field: paperId, code: 'paper-not-asked' }]
    const document = documents.find(({ id }) => id === documentId)
    if (document?.addedBy.kind !== 'partner' || document.addedBy.id !== keyId)
      return [{ field: paperId, code: 'no-such-document' }]
    const { type, size, issuedOn } = document
    const fault = checkPaper(paper, { type, size, ...(issuedOn && { issuedOn }) }, values.today)
    return fault ? [fault] : []
  })
}
