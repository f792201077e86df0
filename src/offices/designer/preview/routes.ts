import { addresses } from '../../../lib/addresses.ts'
import { nothing, type Route, route, staff } from '../../../web/route.ts'
import { showPreview } from './page.tsx'

/** How a service that is being written will look: to citizens, at the counter, on an officer's desk, on paper. */
export const previewRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.designerPreview,
    access: staff('catalogue.publish'),
    audit: nothing('shows a service that is being written, filled in with nobody’s data'),
    handle: showPreview,
  }),
]
