import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { Conflict, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import type { Write } from '../../../../platform/database/transaction.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { redirect } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { record } from '../../../audit/index.ts'
import { addNote, removeNote } from '../../notes/store.ts'
import { type AttachedPaper, papersOf } from '../../papers.ts'
import { auditActorOf, staffActor } from '../desk/rights.ts'
import { type Standing, standingOf } from './load.ts'
import { noteField, placeNames, places } from './note-fields.ts'
import { showRequest } from './page.tsx'

/** The paper under a note, for whoever works on the request: a copy is read, and not written on. */
async function paperToNote(
  tx: Write,
  call: Call,
  requestId: string,
): Promise<{ standing: Standing; papers: AttachedPaper[] }> {
  const standing = await standingOf(tx, call, requestId, typedText(call, 'task') || undefined)
  if (!standing.rights['paper.read'] || !standing.rights['request.act']) throw new NotFound('no-such-request')
  if (!standing.task || standing.task.purpose === 'information')
    throw new Conflict('not-yours', { act: 'note' })
  return { standing, papers: await papersOf(tx, requestId) }
}

async function take(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  try {
    return await write(call, async tx => {
      const { standing, papers } = await paperToNote(tx, call, id)
      const documentId = typedText(call, noteField.document)
      const paper = papers.find(each => each.documentId === documentId)
      if (!paper) throw new NotFound('no-such-paper')
      const actor = auditActorOf(staffActor(call.visitor.actor))
      const noteId = await addNote(
        tx,
        id,
        {
          documentId,
          ...pointOf(call),
          text: typedText(call, noteField.text),
          page: Number(toWesternDigits(typedText(call, noteField.page)).trim() || '1'),
          by: { id: actor.id, office: standing.task?.office },
        },
        paper.pages ?? 1,
      )
      await record(tx, {
        actor: { ...actor, office: standing.task?.office },
        act: 'request.page-noted',
        subjectKind: 'document',
        subjectId: documentId,
        personId: standing.request.applicantId,
        requestId: id,
        cause: noteId,
      })
      const query = { task: standing.task?.id, document: documentId }
      return { redirect: `${url(call, addresses.officeRequest, { id }, query)}#papers` }
    })
  } catch (error) {
    if (error instanceof InvalidInput) {
      return showRequest(call, id, { typed: call.typed, faults: error.faults, status: 422 })
    }
    if (error instanceof Conflict && error.code === 'not-yours') {
      return showRequest(call, id, { typed: call.typed, refusal: error.code, status: 409 })
    }
    throw error
  }
}

/** Where the officer pointed, or the part of the page they named. */
function pointOf(call: Call): { x: number; y: number } {
  const [x, y] = [typedText(call, noteField.x), typedText(call, noteField.y)]
  if (/^\d{1,4}$/.test(x) && /^\d{1,4}$/.test(y)) return { x: Number(x), y: Number(y) }
  const named = placeNames.find(name => name === typedText(call, noteField.place))
  const [across, down] = places[named ?? 'middle']
  return { x: across, y: down }
}

async function takeOff(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  return write(call, async tx => {
    const { standing } = await paperToNote(tx, call, id)
    const actor = auditActorOf(staffActor(call.visitor.actor))
    await removeNote(tx, id, idParam(call, 'note'), actor.id)
    await record(tx, {
      actor,
      act: 'request.page-note-removed',
      subjectKind: 'request',
      subjectId: id,
      personId: standing.request.applicantId,
      requestId: id,
      cause: idParam(call, 'note'),
    })
    const query = { task: standing.task?.id, document: typedText(call, noteField.document) || undefined }
    return { redirect: `${url(call, addresses.officeRequest, { id }, query)}#papers` }
  })
}

const again = (address: Route['address']): Route =>
  route({
    method: 'get',
    address,
    access: staff('request.read'),
    audit: nothing('leads on to the request'),
    handle: call => redirect(url(call, addresses.officeRequest, { id: idParam(call, 'id') })),
  })

/** Notes on the pages of papers. */
export const noteRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.officeNotes,
    access: staff('request.act', 'request.read'),
    audit: acts('request.page-noted'),
    handle: take,
  }),
  again(addresses.officeNotes),
  route({
    method: 'post',
    address: addresses.officeNoteRemove,
    access: staff('request.act', 'request.read'),
    audit: acts('request.page-note-removed'),
    handle: takeOff,
  }),
  again(addresses.officeNoteRemove),
]
