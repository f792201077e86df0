export { queueFigures } from './figures.ts'
export { defineJob, type Job, type JobPlan, planJob } from './jobs.ts'
export { type JobRunner, runDueJobs, startJobs } from './runner.ts'
