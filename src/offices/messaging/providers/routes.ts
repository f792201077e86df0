import { addresses } from '../../../lib/addresses.ts'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { hearReport, hearText } from './hooks.ts'

const calledByProviders = everyone('providers call it, and the word in the address says which of them')
const reported = nothing('what a provider says is kept with the message it is about')
const texted = nothing('what people text is kept, and whoever reads it is written down')

/** What providers call. */
const hookRoutes: Route[] = (['get', 'post'] as const).flatMap(method => [
  route({
    ...{ method, address: addresses.messageReport, access: calledByProviders },
    ...{ audit: reported, rawBody: true, handle: hearReport },
  }),
  route({
    ...{ method, address: addresses.messageIncoming, access: calledByProviders },
    ...{ audit: texted, rawBody: true, handle: hearText },
  }),
])

/** Who carries the town's messages: the hooks they call, and the pages where they are set. */
export const providerRoutes: Route[] = [...hookRoutes]
