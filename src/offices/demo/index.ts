/** demo: a town of invention, the same on every machine, to learn and to test with. */

export { demoCommand } from './command.ts'
export { demoState } from './state.ts'
