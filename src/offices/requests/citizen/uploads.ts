import { affairsOf } from '../../../kernel/access/index.ts'
import type { CompiledService, Paper } from '../../../kernel/definition/index.ts'
import { Forbidden, NotFound } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import type { Read } from '../../../platform/database/index.ts'
import { actorKey, type Visitor } from '../../../web/actor.ts'
import { registerUploadPurpose, type UploadPurpose } from '../../archive/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { type Draft, getDraft, saveDraft } from '../drafts.ts'
import { attachPaper } from '../papers.ts'
import { getRequest } from '../store.ts'
import { whoIs } from '../surroundings.ts'

type Upload = { visitor: Visitor; purpose: UploadPurpose }

/** Papers sent in pieces: for a form in hand (of a citizen or of a clerk), and for a request that waits for them. */
export function registerPaperUploads(): void {
  registerUploadPurpose('draft', {
    async describe(tx, upload) {
      const { draft, paper } = await draftPaper(tx, upload)
      const scanned = upload.visitor.actor.kind === 'staff'
      return { ...described(paper), ownerId: draft.personId, ...(scanned && { source: 'scan' as const }) }
    },
    async attach(tx, { documentId, ...upload }) {
      const { draft, paper } = await draftPaper(tx, upload, true)
      const given = (draft.papers[paper.id] ?? []).filter(each => each.state === 'supplied')
      const papers = { ...draft.papers, [paper.id]: [...given, { documentId, state: 'supplied' as const }] }
      await saveDraft(tx, draft.id, { papers })
    },
  })
  registerUploadPurpose('request', {
    async describe(tx, upload) {
      const { paper, applicantId } = await requestPaper(tx, upload)
      return { ...described(paper), ownerId: applicantId }
    },
    async attach(tx, { documentId, ...upload }) {
      const { paper, requestId } = await requestPaper(tx, upload)
      const by = actorKey(upload.visitor.actor)
      await attachPaper(tx, requestId, { paperId: paper.id, documentId, state: 'supplied' }, by)
    },
  })
}

const described = (paper: Paper) => ({ kind: paper.kind, title: paper.name.ar })

async function draftPaper(tx: Read, { visitor, purpose }: Upload, lock = false) {
  const { actor } = visitor
  if (actor.kind !== 'citizen' && actor.kind !== 'staff') throw new Forbidden('not-yours')
  const id = actor.kind === 'citizen' ? affairsOf(actor) : actorKey(actor).id
  const owner: Draft['owner'] = { kind: actor.kind, id }
  const draft = await getDraft(tx, idOf(purpose.draft, 'no-such-draft'), owner, lock)
  if (draft.requestId) throw new NotFound('no-such-draft')
  const { service } = (await catalogueOf(tx)).get(draft.serviceCode, draft.serviceVersion)
  return { draft, paper: paperOf(service, purpose.paper) }
}

/** Only what was asked for is taken, and only of somebody the request is of. */
async function requestPaper(tx: Read, { visitor, purpose }: Upload) {
  const request = await getRequest(tx, idOf(purpose.request, 'no-such-request'))
  const who = await whoIs(tx, visitor.actor, request)
  if (who.kind !== 'citizen' || who.relation !== 'party') throw new NotFound('no-such-request')
  if (!request.projection.missingPapers.some(each => each.id === purpose.paper))
    throw new NotFound('no-such-paper')
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  return {
    requestId: request.id,
    applicantId: request.applicantId,
    paper: paperOf(service, purpose.paper),
  }
}

function idOf(text: string | undefined, code: string): string {
  if (!text || !isId(text)) throw new NotFound(code)
  return text
}

function paperOf(service: CompiledService, id: string | undefined): Paper {
  const paper = service.definition.papers.find(each => each.id === id)
  if (!paper) throw new NotFound('no-such-paper')
  return paper
}
