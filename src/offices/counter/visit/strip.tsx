import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Call, url } from '../../../web/call.ts'
import { stripOf, VisitStrip } from '../../visits/index.ts'

/** Puts the visit of whoever stands at the window on top of the page that is about to be shown. */
export async function putStrip(tx: Read, call: Call): Promise<void> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff' || !may(actor, 'visit.call')) return
  const reads = call.request.method === 'GET' || call.request.method === 'HEAD'
  const back = reads ? call.town.prefix + call.here : url(call, addresses.counter)
  const strip = await stripOf(tx, { town: call.town, staffId: actor.staffId, back })
  call.deskHead = strip && <VisitStrip strip={strip} />
}
