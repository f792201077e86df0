/** backup: all an installation keeps, or all of one town, kept a second time and brought back; and the drills that show it can be. */
export { backupCommands } from './command.ts'
export { drillCommand } from './drill/command.ts'
export { backupFigures } from './figures.ts'
export { backupJobs } from './jobs.ts'
export { backupRoutes, tellOfBackups } from './routes.ts'
