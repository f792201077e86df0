/** visits: turns, windows, and what was done for whom at the counter. */
export { VisitCost, VisitCount } from './cost.tsx'
export { type Times, type WaitingTimes, waitingTimes } from './figures.ts'
export { type Floor, floorNow, type PurposeOnFloor, type WindowOnFloor } from './floor.ts'
export { type CounterAct, hangOn, type RequestVisits, visitsOf } from './hang.ts'
export { showMoves } from './live.ts'
export {
  type Ground,
  type IdentityShown,
  type Purpose,
  type ServiceWindow,
  turnName,
  type Visit,
  type VisitRules,
} from './model.ts'
export { visitRoutes } from './routes.ts'
export { setGround, setPurpose, settleUsual, setVisitRules, setWindow } from './setup.ts'
export { listenForTurns } from './sms.ts'
export { currentVisit, purposesOf, windowsOf } from './store.ts'
export { type VisitText, visitText, visitTexts } from './strings.ts'
export { foreseenOf, leaveTurn, takeTurn } from './turns.ts'
export { type Strip, stripOf, VisitStrip } from './window/strip.tsx'
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
