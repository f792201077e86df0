import { addresses } from '../../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { takesRelease } from '../../looks/index.ts'
import { askForMessages, showExport, takeMessages } from '../pages/export.tsx'
import { showFigures } from '../pages/figures.tsx'
import type { Lent } from '../pages/finder.ts'
import { showList } from '../pages/list.tsx'
import { showMessage } from '../pages/message.tsx'
import { showPost } from '../pages/post.tsx'
import { settle } from '../pages/settle.ts'
import { showTrouble } from '../pages/trouble.tsx'

/** The pages that prove what was said, and what is done about what was not heard. Requests lend who may read which. */
export const proofRoutes = (lent: Lent): Route[] => [
  route({
    method: 'get',
    address: addresses.messages,
    access: staff('message.list'),
    audit: looks('messaging.listed'),
    handle: call => showList(call, lent),
  }),
  route({
    method: 'get',
    address: addresses.messagesTrouble,
    access: staff('message.list'),
    audit: nothing('names receivers of messages the reader works with; opening one is written down'),
    handle: call => showTrouble(call, lent),
  }),
  route({
    method: 'get',
    address: addresses.messagesPost,
    access: staff('message.list'),
    audit: looks('messaging.post-listed'),
    handle: call => showPost(call, lent),
  }),
  route({
    method: 'get',
    address: addresses.messagesFigures,
    access: staff('message.list'),
    audit: nothing('figures without people'),
    mayBeOld: true,
    handle: call => showFigures(call),
  }),
  route({
    method: 'get',
    address: addresses.messagesExport,
    access: staff('message.list'),
    audit: nothing('asks what the file is for; taking it is written down'),
    stepUp: takesRelease,
    handle: call => (call.query.release ? takeMessages(call, lent) : showExport(call)),
  }),
  route({
    method: 'post',
    address: addresses.messagesExport,
    access: staff('message.list'),
    audit: acts('release.asked'),
    handle: askForMessages,
  }),
  route({
    method: 'get',
    address: addresses.message,
    access: staff('messages.read'),
    audit: looks('messaging.shown'),
    handle: call => showMessage(call, lent),
  }),
  route({
    method: 'post',
    address: addresses.messageSettle,
    access: staff('messages.read'),
    audit: acts('messaging.settled'),
    handle: call => settle(call, lent),
  }),
]
