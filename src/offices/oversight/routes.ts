import { addresses } from '../../lib/addresses.ts'
import { acts, citizen, everyone, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { showMyLooks } from './citizen/list.tsx'
import { sendQuestion, showQuestion } from './citizen/question.tsx'
import { downloadUsages } from './citizen/usages.ts'
import { proofRoute } from './measured/page.tsx'
import { showOpenLooks } from './open/page.tsx'
import { showPresence } from './presence/page.tsx'
import { decidePolicy, sendPolicy, showManagePrivacy } from './privacy/manage.tsx'
import { showPrivacy } from './privacy/page.tsx'
import { accessProofRoute } from './proof/page.tsx'
import { printLooks } from './staff/print.tsx'
import { sendAnswer, showQuestions, showStaffQuestion } from './staff/questions.tsx'
import { showReasons } from './staff/reasons.tsx'
import { showRowsReasons } from './staff/rows.tsx'

const own = nothing('shows people who looked at their own data')
const mine = { access: citizen('audit.read') }
const review = { access: staff('look.review') }
const watching = nothing('who looks after the lookers reads who opened what, which is the audit itself')

/** Who looked: for the person, for whoever looks after the lookers, and in counts for everybody. */
export const oversightRoutes: Route[] = [
  route({ method: 'get', address: addresses.myLooks, ...mine, audit: own, handle: showMyLooks }),
  route({ method: 'get', address: addresses.myUsages, ...mine, audit: own, handle: downloadUsages }),
  route({
    method: 'get',
    address: addresses.myLookQuestion,
    ...mine,
    audit: own,
    handle: call => showQuestion(call),
  }),
  route({
    method: 'post',
    address: addresses.myLookQuestion,
    ...mine,
    handle: sendQuestion,
    audit: acts('looks.asked'),
  }),
  route({
    method: 'get',
    address: addresses.counterLooks,
    access: staff('person.read'),
    handle: printLooks,
    audit: looks('looks.printed'),
  }),
  route({
    method: 'get',
    address: addresses.lookReview,
    ...review,
    mayBeOld: true,
    audit: watching,
    handle: showReasons,
  }),
  route({
    method: 'get',
    address: addresses.lookPresence,
    ...review,
    mayBeOld: true,
    audit: watching,
    handle: showPresence,
  }),
  route({
    method: 'get',
    address: addresses.lookRows,
    ...review,
    mayBeOld: true,
    audit: watching,
    handle: showRowsReasons,
  }),
  route({
    method: 'get',
    address: addresses.lookQuestions,
    ...review,
    audit: watching,
    handle: showQuestions,
  }),
  route({
    method: 'get',
    address: addresses.lookQuestion,
    ...review,
    audit: watching,
    handle: call => showStaffQuestion(call),
  }),
  route({
    method: 'post',
    address: addresses.lookQuestion,
    ...review,
    handle: sendAnswer,
    audit: acts('looks.answered'),
  }),
  route({
    method: 'get',
    address: addresses.openLooks,
    handle: showOpenLooks,
    mayBeOld: true,
    access: everyone('counts of looks, which name nobody'),
    audit: nothing('shows counts'),
  }),
  accessProofRoute,
  proofRoute,
  route({
    method: 'get',
    address: addresses.privacy,
    handle: showPrivacy,
    access: everyone('the town’s own policy, for everybody to read'),
    audit: nothing('shows what the town has published'),
  }),
  route({
    method: 'get',
    address: addresses.managePrivacy,
    access: staff('settings.read'),
    audit: nothing('shows texts of the town'),
    handle: call => showManagePrivacy(call),
  }),
  route({
    method: 'post',
    address: addresses.managePrivacy,
    access: staff('privacy.write'),
    audit: acts('privacy.written'),
    handle: sendPolicy,
  }),
  route({
    method: 'post',
    address: addresses.managePrivacyReview,
    access: staff('privacy.review'),
    audit: acts('privacy.reviewed'),
    handle: decidePolicy,
  }),
]
