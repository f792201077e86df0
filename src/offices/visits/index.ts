/** visits: turns, windows, and what was done for whom at the counter. */
import './causes.ts'

export { VisitCost, VisitCount } from './cost.tsx'
export { type Times, type WaitingTimes, waitingTimes } from './figures.ts'
export { type Floor, floorNow, type PurposeOnFloor, type WindowOnFloor } from './floor.ts'
export { lendHallNames } from './hall/names.ts'
export { type CounterAct, hangOn, type RequestVisits, visitsOf, visitsOfEach } from './hang.ts'
export { showMoves } from './live.ts'
export type {
  Ground,
  IdentityShown,
  Purpose,
  ServiceWindow,
  Visit,
  VisitRules,
} from './model.ts'
export { visitRoutes } from './routes.ts'
export { setPurpose, settleUsual, setVisitRules, setWindow } from './setup.ts'
export { listenForTurns } from './sms.ts'
export { currentVisit, windowsOf } from './store.ts'
export { leaveTurn, takeTurn } from './turns.ts'
export { hallTopic, type Strip, stripOf, VisitStrip } from './window/strip.tsx'
export {
  beginServing,
  callNext,
  callOutOfTurn,
  closeWindow,
  comeBack,
  finish,
  noShow,
  openWindow,
} from './window.ts'
