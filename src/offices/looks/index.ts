/** looks: nobody opens somebody's data without a cause; files of many need a second person. */
export { type Asked, type Cause, type CauseFinder, registerCause } from './causes.ts'
export { lookInto, type Matter, openedBy, type Seen } from './gate.ts'
export { claimPresence, settlePresences } from './presence.ts'
export { askForFile, type BulkFile, throughTwo } from './releases/gate.tsx'
export { askRelease, decideRelease } from './releases/store.ts'
export { lookRoutes } from './routes.ts'
export { type LookRules, lookRules, type Presence, type ReadyReason } from './rules.ts'
