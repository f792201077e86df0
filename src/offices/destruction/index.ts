/** destruction: what the law lets go, goes by a committee's recorded act, and nothing else does. */
export { doneAct } from './carry-out.ts'
export { demoRecords } from './demo-records.ts'
export { destructionJobs } from './jobs.ts'
export { actNumber } from './model.ts'
export { destructionRoutes, registerDestruction } from './routes.ts'
export { actsWithCounts } from './store.ts'
