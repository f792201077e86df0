import { type Address, addresses } from '../../lib/addresses.ts'
import { registerRefusal } from '../../web/errors.tsx'
import { acts, everyone, nothing, type Route, route, staff } from '../../web/route.ts'
import { mostBytes } from '../archive/index.ts'
import { showAct } from './pages/act.tsx'
import { sendDecision, sendMinutes, sendStop, servePaper } from './pages/act-posts.ts'
import { showActs } from './pages/acts.tsx'
import { saveCommittee, showCommittee } from './pages/committee.tsx'
import { sendHold, sendHoldEnd, showHolds } from './pages/holds.tsx'
import { showList } from './pages/list.tsx'
import { showOpen } from './pages/open.tsx'
import { sendProposal, showPropose } from './pages/propose.tsx'
import { decideRule, sendRule, showRetention } from './pages/retention.tsx'
import { showTombstone } from './pages/tombstone.tsx'

const namesNobody = nothing('shows rules, counts and numbers, and nothing of anybody')

type May = Parameters<typeof staff>[0]

const page = (address: Address, may: May, handle: Route['handle']): Route =>
  route({ method: 'get', address, access: staff(may), audit: namesNobody, handle })

/** What leads to destruction, or holds it back, asks for a fresh proof of who does it. */
const act = (address: Address, may: May, name: string, handle: Route['handle'], bodyLimit?: number): Route =>
  route({
    method: 'post',
    address,
    access: staff(may),
    audit: acts(name),
    stepUp: true,
    handle,
    ...(bodyLimit !== undefined && { bodyLimit }),
  })

/** A page that answered a form has the form's address; come back to, it is the page. */
const again = (address: Address, handle: Route['handle']): Route => page(address, 'destruction.read', handle)

/** How long records are kept, what goes by decision of a committee, and what is held. */
export const destructionRoutes: Route[] = [
  page(addresses.retention, 'destruction.read', call => showRetention(call)),
  act(addresses.retention, 'retention.write', 'retention.written', sendRule),
  act(addresses.retentionReview, 'retention.review', 'retention.reviewed', decideRule),
  again(addresses.retentionReview, call => showRetention(call)),
  page(addresses.destruction, 'destruction.read', showActs),
  page(addresses.destructionNew, 'destruction.propose', call => showPropose(call)),
  act(addresses.destructionNew, 'destruction.propose', 'destruction.proposed', sendProposal),
  page(addresses.destructionCommittee, 'destruction.propose', call => showCommittee(call)),
  act(addresses.destructionCommittee, 'destruction.propose', 'treasury.setting-set', saveCommittee),
  page(addresses.destructionAct, 'destruction.read', call => showAct(call)),
  page(addresses.destructionList, 'destruction.read', showList),
  page(addresses.destructionPaper, 'destruction.read', servePaper),
  act(
    addresses.destructionMinutes,
    'destruction.propose',
    'destruction.minutes-given',
    sendMinutes,
    mostBytes + 1024 * 1024,
  ),
  again(addresses.destructionMinutes, call => showAct(call)),
  act(addresses.destructionDecide, 'destruction.decide', 'destruction.decided', sendDecision),
  again(addresses.destructionDecide, call => showAct(call)),
  act(addresses.destructionStop, 'destruction.decide', 'destruction.stopped', sendStop),
  again(addresses.destructionStop, call => showAct(call)),
  page(addresses.legalHolds, 'destruction.hold', call => showHolds(call)),
  act(addresses.legalHolds, 'destruction.hold', 'destruction.held', sendHold),
  act(addresses.legalHoldEnd, 'destruction.hold', 'destruction.hold-ended', sendHoldEnd),
  page(addresses.legalHoldEnd, 'destruction.hold', call => showHolds(call)),
  route({
    method: 'get',
    address: addresses.openDestruction,
    handle: showOpen,
    mayBeOld: true,
    access: everyone('counts of what was destroyed by decision, which name nobody'),
    audit: nothing('shows counts'),
  }),
]

/** Lets a destroyed request say by which decision it went. */
export function registerDestruction(): void {
  registerRefusal('request-destroyed', showTombstone)
}
