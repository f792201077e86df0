import { addresses } from '../../../../lib/addresses.ts'
import { BadRequest, NotFound } from '../../../../lib/errors.ts'
import { actorKey } from '../../../../web/actor.ts'
import { idParam, typedText, url, write } from '../../../../web/call.ts'
import { acts, type Route, route, staff } from '../../../../web/route.ts'
import { record } from '../../../audit/index.ts'
import { markPaper, papersOf } from '../../papers.ts'
import { standingOf } from './load.ts'

/** Marks a paper as sound or not. An unsound one leads on to asking for it again. */
export const markRoute: Route = route({
  method: 'post',
  address: addresses.officePaper,
  access: staff('request.act', 'request.read'),
  audit: acts('request.paper-marked'),
  handle: async call => {
    const id = idParam(call, 'id')
    const document = idParam(call, 'document')
    const mark = typedText(call, 'mark')
    if (mark !== 'accepted' && mark !== 'refused') throw new BadRequest('bad-mark')
    return write(call, async tx => {
      const standing = await standingOf(tx, call, id, typedText(call, 'task') || undefined)
      const works = standing.acts.some(({ disabledBecause }) => !disabledBecause)
      // A copy is read, not worked on.
      if (
        !standing.rights['paper.read'] ||
        !standing.task ||
        standing.task.purpose === 'information' ||
        !works
      )
        throw new NotFound('no-such-request')
      const paper = (await papersOf(tx, id)).find(({ documentId }) => documentId === document)
      if (!paper || !(await markPaper(tx, id, document, mark))) throw new NotFound('no-such-paper')
      await record(tx, {
        actor: { ...actorKey(call.visitor.actor), office: standing.task.office },
        act: `request.paper-${mark}`,
        subjectKind: 'document',
        subjectId: document,
        personId: standing.request.applicantId,
        requestId: id,
      })
      const asks = standing.acts.some(
        ({ name, disabledBecause }) => name === 'ask-papers' && !disabledBecause,
      )
      const again = mark === 'refused' && asks ? { act: 'ask-papers', paper: paper.paperId } : {}
      const page = url(call, addresses.officeRequest, { id }, { task: standing.task.id, document, ...again })
      return { redirect: `${page}#${again.act ? 'act' : 'papers'}` }
    })
  },
})
