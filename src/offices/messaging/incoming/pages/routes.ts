import { addresses } from '../../../../lib/addresses.ts'
import { acts, looks, type Route, route, staff } from '../../../../web/route.ts'
import { invite, linkToRequest, markSeen, sendAnswer, take } from './acts.ts'
import { showUnread } from './list.tsx'
import { showOne } from './one.tsx'

const access = staff('incoming.read')
const post = { method: 'post', access } as const

/** What people texted and nobody understood. */
export const incomingRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.incoming,
    access,
    audit: looks('messaging.incoming-shown'),
    handle: showUnread,
  }),
  route({
    method: 'get',
    address: addresses.incomingText,
    access,
    audit: looks('messaging.incoming-shown'),
    handle: call => showOne(call),
  }),
  route({
    method: 'post',
    address: addresses.incomingInvite,
    access: staff('message.settings'),
    audit: acts('treasury.setting-set'),
    handle: invite,
  }),
  route({
    ...post,
    address: addresses.incomingTake,
    audit: acts('messaging.incoming-taken'),
    handle: take,
  }),
  route({
    ...post,
    address: addresses.incomingAnswer,
    audit: acts('messaging.incoming-answered'),
    handle: sendAnswer,
  }),
  route({
    ...post,
    address: addresses.incomingLink,
    audit: acts('messaging.incoming-linked'),
    handle: linkToRequest,
  }),
  route({
    ...post,
    address: addresses.incomingSeen,
    audit: acts('messaging.incoming-seen'),
    handle: markSeen,
  }),
]
