/** counter: taking in requests of whoever stands at the window. */

export { counterJobs } from './scans/jobs.ts'
export { counterRoutes } from './visit/routes.tsx'
