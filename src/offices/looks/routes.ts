import { addresses } from '../../lib/addresses.ts'
import { registerRefusal } from '../../web/errors.tsx'
import { acts, type Route, route, staff } from '../../web/route.ts'
import { CauseMissing } from './gate.ts'
import { openedAct } from './grants.ts'
import { askWhy, sayWhy } from './why.tsx'

registerRefusal('cause-missing', async (call, error) => {
  if (!(error instanceof CauseMissing)) throw error
  return askWhy(call, error)
})

/** Saying why a file should be opened. */
export const lookRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.why,
    access: staff('look.reason'),
    audit: acts(openedAct),
    handle: sayWhy,
  }),
]
