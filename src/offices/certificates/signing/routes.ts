import { addresses } from '../../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { mostBytes } from '../../archive/index.ts'
import { actByHand, showByHand } from './pages/by-hand.tsx'
import { showOutgoing } from './pages/outgoing.tsx'
import { showSignatories } from './pages/signatories.tsx'
import { saveWriting, showWriting, type Writing } from './pages/write.tsx'

const writings = {
  new: addresses.signatoryNew,
  deputy: addresses.signatoryDeputy,
  end: addresses.signatoryEnd,
} as const

const writing = (what: Writing): Route[] => [
  route({
    method: 'get',
    address: writings[what],
    access: staff('staff.write'),
    audit: nothing('shows a form of the settings and nothing of a citizen'),
    handle: call => showWriting(call, what),
  }),
  route({
    method: 'post',
    address: writings[what],
    access: staff('staff.write'),
    audit: acts('signing.authority-written'),
    handle: call => saveWriting(call, what),
  }),
]

/** Authority to sign, the register of what goes out, and papers signed by hand. */
export const signingRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.signatories,
    access: staff('settings.read'),
    audit: nothing('shows what holds for the whole town and nothing of a citizen'),
    handle: showSignatories,
  }),
  ...writing('new'),
  ...writing('deputy'),
  ...writing('end'),
  route({
    method: 'get',
    address: addresses.outgoing,
    access: staff('outgoing.read'),
    audit: nothing('the register names papers and to whom they went; opening one is written down'),
    mayBeOld: true,
    handle: showOutgoing,
  }),
  route({
    method: 'get',
    address: addresses.handPaper,
    access: staff('outgoing.read'),
    audit: looks('certificate.opened'),
    handle: call => showByHand(call),
  }),
  route({
    method: 'post',
    address: addresses.handPaper,
    access: staff('outgoing.read'),
    audit: acts('certificate.hand-signed'),
    bodyLimit: 2 * mostBytes,
    handle: actByHand,
  }),
]
