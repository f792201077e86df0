import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import type { Route } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { hallTopic } from '../../visits/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterRoutes as pages } from '../routes.ts'
import { putStrip } from './strip.tsx'

/** The pages of the counter, each with the visit of whoever stands at the window on top. */
export const counterRoutes: Route[] = pages.map(page => ({
  ...page,
  handle: async call => {
    // News of the hall refreshes the strip alone: nobody looked at the page again.
    const alone = page.method === 'get' && call.request.headers.get('x-live') === hallTopic
    if (alone || !takesItself(page)) await read(call, tx => putStrip(tx, call))
    if (alone) return showPage(call, <CounterLayout title="">{null}</CounterLayout>)
    await askCause(call, page)
    return page.handle(call)
  },
}))

/** What is kept while it is typed answers with no page; the pages opened most read the visit with all else, where they show it. */
const silent: readonly Route['address'][] = [addresses.counterDraftPage]
const within: readonly Route['address'][] = [addresses.counter, addresses.counterPerson]

const takesItself = ({ method, address }: Route): boolean =>
  silent.includes(address) || (method === 'get' && within.includes(address))

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
