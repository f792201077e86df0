/** counter: taking in requests of whoever stands at the window. */

export { tellOfCheques } from './cheques.ts'
export { giveOriginal, takeOriginal } from './originals/store.ts'
export { counterJobs } from './scans/jobs.ts'
export { counterRoutes } from './visit/routes.tsx'
