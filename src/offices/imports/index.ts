/** imports: what the town's present programs bring, checked, told, decided and written. */
export { applyRun } from './apply/apply.ts'
export { checkRun } from './check/check.ts'
export { importFileCommand } from './command.ts'
export { importJobs } from './jobs.ts'
export { asOfDay, confirmRun, prepareRun } from './receive.ts'
export { importRoutes } from './routes.ts'
export { getRun, moveRun, startRun } from './runs.ts'
export { addSource } from './sources.ts'
