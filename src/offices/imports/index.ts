/** imports: what the town's present programs bring, checked, told, decided and written. */
export { importFileCommand } from './command.ts'
export { importJobs } from './jobs.ts'
export { importRoutes } from './routes.ts'
