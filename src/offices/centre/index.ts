/** centre: the manager's floor, the mayor's day, and what waits for a signature. */
export { foldDays } from './days/fold.ts'
export { centreJobs } from './jobs.ts'
export { centreRoutes } from './routes.ts'
