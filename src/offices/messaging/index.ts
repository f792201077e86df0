/** messaging: what the town says to people, planned with the act it tells of. */
export { messagingRoutes } from './demo.tsx'
export { lanes, type NewMessage, planMessage } from './plan.ts'
export { sendDue, startSending } from './send.ts'
export { type MessageState, messagesOfPerson, messagesOfRequest, type ShownMessage } from './store.ts'
