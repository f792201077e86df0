/** What people send: taken in, read, heard by the offices, answered. */
export { takeIncoming } from './intake.ts'
export { invitesTexts } from './invite.ts'
export { lendTextLinker, type TextLinker } from './link.ts'
export { onIncoming } from './listeners.ts'
export type { Heard, IncomingHandler, IncomingListener, IncomingSms, OpenQuestion, Reply } from './model.ts'
export { incomingRoutes } from './pages/routes.ts'
export { receive } from './receive.ts'
