import type { CompiledService, Paper } from '../../../kernel/definition/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import type { ShortLink } from '../../messaging/index.ts'
import type { Request } from '../model.ts'
import { getRequest } from '../store.ts'

/** A paper a request lacks, with the words the officer asked for it in. */
export type Lacking = { id: string; words: string; paper: Paper | undefined }

/** Where a link of papers leads: the request, and what it lacks now, the papers of the link first. */
export type Place = { request: Request; service: CompiledService; lacking: Lacking[] }

/** Reads where a link leads. A request that was asked for other papers meanwhile takes those. */
export async function placeOf(
  tx: Read,
  { requestId, about }: Pick<ShortLink, 'requestId' | 'about'>,
  lock = false,
): Promise<Place> {
  const request = await getRequest(tx, requestId, lock)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const { state, missingPapers } = request.projection
  const lacking = state === 'awaiting-papers' ? missingPapers : []
  const order = (id: string) => (about.includes(id) ? about.indexOf(id) : about.length)
  return {
    request,
    service,
    lacking: [...lacking]
      .sort((a, b) => order(a.id) - order(b.id))
      .map(({ id, words }) => ({
        id,
        words,
        paper: service.definition.papers.find(paper => paper.id === id),
      })),
  }
}
