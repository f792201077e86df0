import { z } from 'zod'
import { addresses } from '../../lib/addresses.ts'
import { BadRequest, InvalidInput } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/index.ts'
import { type Call, idParam, url, write } from '../../web/call.ts'
import { acts } from '../../web/route.ts'
import { attachPaper, performAct, requestNumber } from '../requests/index.ts'
import { endpoint } from './endpoint.ts'
import { pointer } from './faults.ts'
import { keyOf } from './key.ts'
import { id, instant, requestState, timeOr } from './shapes.ts'
import { getFiled, ownDocuments } from './store.ts'

const supplied = z.array(z.strictObject({ paper: z.string().max(60), document: id })).max(60)

const act = z.strictObject({
  act: z.enum(['withdraw', 'supply-papers']),
  note: z.string().max(1_000).optional(),
  papers: supplied.default([]).describe('supply-papers: those that were asked for'),
})

const answer = z.object({ id, number: z.string(), state: requestState, due: instant.optional() })

export const actEndpoint = endpoint({
  method: 'post',
  address: addresses.apiActions,
  scope: 'requests:write',
  audit: acts('request.act'),
  summary: 'Act on a request: withdraw it, or supply papers that were asked for',
  body: act,
  answer,
  idempotent: 'kept',
  handle: (call, { body }) =>
    write(call, async tx => {
      const requestId = idParam(call, 'id')
      const { actor } = call.visitor
      await getFiled(tx, actor, requestId, 'request.act')
      if (body.act === 'supply-papers') await attach(tx, call, requestId, body.papers)
      else if (body.papers.length > 0) throw new BadRequest('papers-not-asked')
      const { request } = await performAct(tx, call, {
        requestId,
        name: body.act,
        actor,
        ...(body.note && { note: body.note }),
        data: body.act === 'supply-papers' ? { supplied: body.papers.map(({ paper }) => paper) } : {},
      })
      const { state, dueAt } = request.projection
      const json: z.input<typeof answer> = {
        id: requestId,
        number: requestNumber(request),
        state,
        due: timeOr(dueAt),
      }
      return { json, status: 200, location: url(call, addresses.apiRequest, { id: requestId }) }
    }),
})

async function attach(
  tx: Write,
  call: Call,
  requestId: string,
  papers: z.output<typeof supplied>,
): Promise<void> {
  const keyId = keyOf(call)
  const own = await ownDocuments(
    tx,
    keyId,
    papers.map(({ document }) => document),
  )
  const foreign = papers.flatMap(({ document }, at) =>
    own.has(document) ? [] : [{ field: pointer('papers', at, 'document'), code: 'no-such-document' }],
  )
  if (foreign.length > 0) throw new InvalidInput(foreign)
  for (const { paper, document } of papers) {
    const given = { paperId: paper, documentId: document, state: 'supplied' as const }
    await attachPaper(tx, requestId, given, { kind: 'partner', id: keyId })
  }
}
