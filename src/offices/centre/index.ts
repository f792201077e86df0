/** centre: the manager's floor, the mayor's day, and what waits for a signature. */
export { centreJobs } from './fairness/jobs.ts'
export { centreRoutes } from './routes.ts'
