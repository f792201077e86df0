import { addresses } from '../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { fairnessRoute } from './fairness/page.tsx'
import { saveAssign, saveOvertaking, showAssign, showOvertaking } from './floor/ask.tsx'
import { showLate } from './floor/late.tsx'
import { showFloor } from './floor/page.tsx'
import { saveReview, showReview } from './floor/review-page.tsx'
import { showKeys } from './keys/page.tsx'
import { signingRoutes } from './signing/routes.ts'
import { showToday } from './today/page.tsx'

const floor = staff('floor.read', 'request.read')

const floorRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.floor,
    access: floor,
    handle: showFloor,
    audit: nothing('shows counts and numbers of requests; opening one is written down'),
  }),
  route({
    method: 'get',
    address: addresses.lateTasks,
    access: staff('town.statistics', 'request.read'),
    handle: showLate,
    mayBeOld: true,
    audit: nothing('names requests the reader may open; opening one is written down'),
  }),
  route({
    method: 'get',
    address: addresses.floorAssign,
    access: floor,
    handle: call => showAssign(call),
    audit: looks('centre.assign-begun'),
  }),
  route({
    method: 'post',
    address: addresses.floorAssign,
    access: floor,
    handle: saveAssign,
    audit: acts('request.assign'),
  }),
  route({
    method: 'get',
    address: addresses.floorOvertaking,
    access: floor,
    handle: call => showOvertaking(call),
    audit: nothing('shows of a request its number and nothing of a person'),
  }),
  route({
    method: 'post',
    address: addresses.floorOvertaking,
    access: floor,
    handle: saveOvertaking,
    audit: acts('centre.overtaking-explained'),
  }),
  route({
    method: 'get',
    address: addresses.review,
    access: floor,
    handle: call => showReview(call),
    audit: looks('centre.file-reviewed'),
  }),
  route({
    method: 'post',
    address: addresses.reviewAct,
    access: floor,
    handle: saveReview,
    audit: acts('request.approve'),
  }),
]

/** The pages of those who answer for the whole. */
export const centreRoutes: Route[] = [
  ...floorRoutes,
  fairnessRoute,
  route({
    method: 'get',
    address: addresses.today,
    access: staff('today.read', 'request.read', 'complaint.read'),
    handle: showToday,
    mayBeOld: true,
    audit: nothing('shows counts and nothing of a person'),
  }),
  route({
    method: 'get',
    address: addresses.officeKeys,
    access: staff('settings.read'),
    handle: showKeys,
    audit: nothing('shows keys and nothing of a person'),
  }),
  ...signingRoutes,
]
