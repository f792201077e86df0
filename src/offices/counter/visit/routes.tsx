import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import type { Route } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { hallTopic, stripOf, VisitStrip } from '../../visits/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterRoutes as pages } from '../routes.ts'

/** The pages of the counter, each with the visit of whoever stands at the window on top. */
export const counterRoutes: Route[] = pages.map(page => ({
  ...page,
  handle: async call => {
    await putStrip(call, page)
    // News of the hall refreshes the strip alone: nobody looked at the page again.
    if (page.method === 'get' && call.request.headers.get('x-live') === hallTopic)
      return showPage(call, <CounterLayout title="">{null}</CounterLayout>)
    await askCause(call, page)
    return page.handle(call)
  },
}))

/** What is kept while it is typed answers with no page. */
const silent: readonly Route['address'][] = [addresses.counterDraftPage]

/** What is done to somebody's record needs the cause that opens it: else an act would be the way round the gate before looks. */
async function askCause(call: Call, { method, address }: Route): Promise<void> {
  const { person: personId } = call.params
  // Presence is the cause itself, about to be shown.
  if (address === addresses.counterPresence) return
  if (method !== 'post' || personId === undefined || !isId(personId)) return
  const seen = { personId, subjectKind: 'person', subjectId: personId, cause: '' }
  // The act writes its own row: nothing is noted twice.
  await read(call, tx => lookInto(call, tx, { ...seen, noted: true }))
}

async function putStrip(call: Call, { method, address }: Route): Promise<void> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff' || !may(actor, 'visit.call') || silent.includes(address)) return
  const back = method === 'get' ? call.town.prefix + call.here : url(call, addresses.counter)
  const strip = await read(call, tx => stripOf(tx, { town: call.town, staffId: actor.staffId, back }))
  call.deskHead = strip && <VisitStrip strip={strip} />
}
