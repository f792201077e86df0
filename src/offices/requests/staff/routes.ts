import { addresses } from '../../../lib/addresses.ts'
import { idParam, param, url } from '../../../web/call.ts'
import { redirect } from '../../../web/page.tsx'
import { nothing, type Route, route, staff } from '../../../web/route.ts'
import { heldRoutes } from '../letters/held/routes.tsx'
import { deskRoutes } from './desk/routes.ts'
import { bulkAgain, bulkRoute } from './inbox/bulk.tsx'
import { inboxRoute } from './inbox/page.tsx'
import { liveRoute } from './live.ts'
import { outingsRoute } from './outings/page.tsx'
import { listRoute } from './register/list.tsx'
import { personRoutes } from './register/person.tsx'
import { searchRoute } from './register/search.tsx'
import { sheetRoute } from './register/sheet.tsx'
import { letterRoutes } from './request/letters.tsx'
import { markRoute } from './request/mark.ts'
import { noteRoutes } from './request/note-post.ts'
import { requestRoute } from './request/page.tsx'
import { actRoute } from './request/post.ts'
import { splitRoute } from './request/split.tsx'

/** A page that answered a form has the form's address; reloaded, or come back to after a log-in, it leads to the request. */
const actAgain: Route = route({
  method: 'get',
  address: addresses.officeAct,
  access: staff('request.act', 'request.read'),
  audit: nothing('leads on to the request'),
  handle: call =>
    redirect(url(call, addresses.officeRequest, { id: idParam(call, 'id') }, { act: param(call, 'act') })),
})

/** The staff's pages of requests. */
export const officeRoutes: Route[] = [
  inboxRoute,
  bulkRoute,
  bulkAgain,
  ...deskRoutes,
  outingsRoute,
  liveRoute,
  searchRoute,
  listRoute,
  requestRoute,
  actRoute,
  actAgain,
  markRoute,
  ...letterRoutes,
  ...heldRoutes,
  ...noteRoutes,
  splitRoute,
  sheetRoute,
  ...personRoutes,
]
