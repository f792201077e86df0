/** settlements: what a decided request does in the books of the treasury. */
export { registerSettlements } from './register.ts'
