import { addresses } from '../../lib/addresses.ts'
import { typedText } from '../../web/call.ts'
import { acts, citizen, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { mostBytes } from '../archive/index.ts'
import { sendCounterCopy, showCounterCopy, takeCounterFile } from './copy/pages/counter.tsx'
import { sendAsk, showData } from './copy/pages/data.tsx'
import { sendOpen, showCopy, takeFile } from './copy/pages/one.tsx'
import { sendCorrection, showAsk } from './correction/pages/ask.tsx'
import { sendCounterCorrect, showCounterCorrect } from './correction/pages/counter.tsx'
import { decideCorrection, showProof } from './correction/pages/decide.ts'
import { showCorrections } from './correction/pages/list.tsx'
import { sendMore, showMyCorrection } from './correction/pages/my-one.tsx'
import { showCorrection } from './correction/pages/one.tsx'
import { saveRules, showRules } from './correction/pages/rules.tsx'

const own = nothing('shows people what is theirs')
const mine = { access: citizen('data.copy') }
const files = { bodyLimit: 3 * mostBytes }
const counter = { access: staff('data.copy') }
const entering = { access: staff('correction.file') }
const reading = { access: staff('correction.read', 'correction.approve') }

const ofCopies: Route[] = [
  route({ method: 'get', address: addresses.myData, ...mine, audit: own, handle: call => showData(call) }),
  route({
    method: 'post',
    address: addresses.myData,
    ...mine,
    handle: sendAsk,
    audit: acts('rights.copy-asked'),
  }),
  route({
    method: 'get',
    address: addresses.myDataCopy,
    ...mine,
    audit: own,
    handle: call => showCopy(call),
  }),
  route({
    method: 'post',
    address: addresses.myDataCopy,
    ...mine,
    handle: sendOpen,
    audit: acts('rights.copy-opened'),
  }),
  route({
    method: 'post',
    address: addresses.myDataFile,
    ...mine,
    handle: takeFile,
    audit: acts('rights.copy-taken'),
  }),
  route({
    method: 'get',
    address: addresses.counterData,
    ...counter,
    handle: call => showCounterCopy(call),
    audit: looks('rights.copy-begun'),
  }),
  route({
    method: 'post',
    address: addresses.counterData,
    ...counter,
    handle: sendCounterCopy,
    audit: acts('rights.copy-asked'),
  }),
  route({
    method: 'post',
    address: addresses.counterDataFile,
    ...counter,
    handle: takeCounterFile,
    audit: acts('rights.copy-taken'),
  }),
]

const ofCorrections: Route[] = [
  route({
    method: 'get',
    address: addresses.myCorrect,
    access: citizen('correction.file'),
    audit: own,
    handle: call => showAsk(call),
  }),
  route({
    method: 'post',
    address: addresses.myCorrect,
    access: citizen('correction.file'),
    ...files,
    audit: acts('rights.correction-filed'),
    handle: sendCorrection,
  }),
  route({
    method: 'get',
    address: addresses.myCorrection,
    access: citizen('correction.read'),
    audit: own,
    handle: call => showMyCorrection(call),
  }),
  route({
    method: 'post',
    address: addresses.myCorrection,
    access: citizen('correction.file'),
    ...files,
    audit: acts('rights.correction-continued'),
    handle: sendMore,
  }),
  route({
    method: 'get',
    address: addresses.counterCorrect,
    ...entering,
    handle: call => showCounterCorrect(call),
    audit: looks('rights.correction-begun'),
  }),
  route({
    method: 'post',
    address: addresses.counterCorrect,
    ...entering,
    ...files,
    handle: sendCounterCorrect,
    audit: acts('rights.correction-filed'),
  }),
  route({
    method: 'get',
    address: addresses.corrections,
    ...reading,
    handle: showCorrections,
    audit: nothing('names who asked for a correction; opening one is written down'),
  }),
  route({
    method: 'get',
    address: addresses.correction,
    ...reading,
    handle: call => showCorrection(call),
    audit: looks('rights.correction-read'),
  }),
  route({
    method: 'post',
    address: addresses.correction,
    ...reading,
    handle: decideCorrection,
    // Agreeing changes who somebody is.
    stepUp: call => typedText(call, 'act') === 'agree',
    audit: acts('rights.correction-decided'),
  }),
  route({
    method: 'get',
    address: addresses.correctionPaper,
    ...reading,
    handle: showProof,
    audit: looks('rights.proof-read'),
  }),
  route({
    method: 'get',
    address: addresses.manageRights,
    access: staff('settings.read'),
    audit: nothing('shows settings of the town'),
    handle: call => showRules(call),
  }),
  route({
    method: 'post',
    address: addresses.manageRights,
    access: staff('settings.write'),
    handle: saveRules,
    audit: acts('treasury.setting-set'),
  }),
]

/** Copies of somebody's data and corrections: for the person, at the counter, and for whoever decides. */
export const ownRightsRoutes: Route[] = [...ofCopies, ...ofCorrections]
