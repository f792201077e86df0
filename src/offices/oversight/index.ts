/** oversight: who looked, shown to people, asked about, answered and counted; the town's privacy policy. */
export { oversightJobs } from './jobs.ts'
export { oversightRoutes } from './routes.ts'
export { type Usage, usagesOf } from './usages.ts'
