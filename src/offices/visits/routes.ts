import { addresses } from '../../lib/addresses.ts'
import { acts, citizen, everyone, nothing, type Route, route, staff } from '../../web/route.ts'
import { showDoor, showSlip, takeAtDoor } from './hall/door.tsx'
import { hallNews, showHall } from './hall/screen.tsx'
import { saveSettings, showSettings } from './settle/settle.tsx'
import { leave, showTurn } from './turn/show.tsx'
import { showTake, takeFromAfar } from './turn/take.tsx'
import { postStrip } from './window/post.ts'
import { postQueue, showQueue } from './window/queue.tsx'

const open = everyone('shows numbers and windows, and nothing of anybody', {
  house: 'numbers of turns and windows; no row that names somebody is read',
})
const numbers = nothing('shows numbers and windows, and nothing of anybody')
const anybody = everyone('anybody may come to the centre', {
  house: 'takes a turn; the number typed is kept sealed',
})
const calls = staff('visit.call')

const inTheHall: Route[] = [
  route({ method: 'get', address: addresses.hall, access: open, audit: numbers, handle: showHall }),
  route({ method: 'get', address: addresses.hallLive, access: open, audit: numbers, handle: hallNews }),
  route({
    method: 'get',
    address: addresses.hallTurn,
    access: open,
    audit: numbers,
    handle: call => showDoor(call),
  }),
  route({
    method: 'post',
    address: addresses.hallTurn,
    handle: takeAtDoor,
    access: anybody,
    audit: acts('visits.turn-taken'),
  }),
  route({ method: 'get', address: addresses.hallSlip, access: open, audit: numbers, handle: showSlip }),
]

const fromAfar: Route[] = [
  route({
    method: 'get',
    address: addresses.turn,
    access: open,
    audit: numbers,
    handle: call => showTake(call),
  }),
  route({
    method: 'post',
    address: addresses.turn,
    handle: takeFromAfar,
    access: anybody,
    audit: acts('visits.turn-taken'),
  }),
  route({
    method: 'get',
    address: addresses.myTurn,
    access: citizen(),
    handle: call => showTake(call),
    audit: nothing('shows the queue, and one’s own telephone'),
  }),
  route({
    method: 'post',
    address: addresses.myTurn,
    handle: takeFromAfar,
    access: citizen(),
    audit: acts('visits.turn-taken'),
  }),
  route({ method: 'get', address: addresses.turnShow, access: open, audit: numbers, handle: showTurn }),
  route({
    method: 'post',
    address: addresses.turnLeave,
    handle: leave,
    access: everyone('whoever holds the address of a turn gives it back', {
      house: 'the id of the turn in the address opens it',
    }),
    audit: acts('visits.turn-left'),
  }),
]

const atTheWindow: Route[] = [
  route({
    method: 'post',
    address: addresses.counterVisit,
    handle: postStrip,
    access: calls,
    audit: acts('visits.called'),
  }),
  route({
    method: 'get',
    address: addresses.counterVisits,
    access: calls,
    audit: numbers,
    handle: call => showQueue(call),
  }),
  route({
    method: 'post',
    address: addresses.counterVisits,
    handle: postQueue,
    access: calls,
    audit: acts('visits.called-out-of-turn'),
  }),
]

const settings: Route[] = [
  route({
    method: 'get',
    address: addresses.manageWindows,
    handle: call => showSettings(call),
    access: staff('window.set'),
    audit: nothing('shows the town’s own settings'),
  }),
  route({
    method: 'post',
    address: addresses.manageWindows,
    handle: saveSettings,
    access: staff('window.set'),
    audit: acts('visits.settings-saved'),
  }),
]

/** The pages of visits. */
export const visitRoutes: Route[] = [...inTheHall, ...fromAfar, ...atTheWindow, ...settings]
