/** messaging: what the town says to people, planned with the act it tells of. */
export { lanes, type NewMessage, planMessage } from './plan.ts'
