/** keys: which secrets the installation has, and how they are rotated (docs/guide/keys.md). */
export { keysCommand } from './command.ts'
export { keysJobs } from './jobs.ts'
