/** oversight: who looked, shown to people, asked about, answered and counted; the town's privacy policy. */
export { oversightJobs } from './jobs.ts'
export { reviewPolicy, writePolicy } from './privacy/store.ts'
export { answerQuestion, askWhyLooked } from './questions.ts'
export { oversightRoutes } from './routes.ts'
export { type Usage, usagesOf } from './usages.ts'
