/** payments: paying online, at a bank's page; and what is said of instalments. */
export type { BankAnswer } from './bank/protocol.ts'
export { setBank, setBankWhereChanged } from './bank/settings.ts'
export { beginPayment } from './begin.ts'
export { paymentFigures } from './figures.ts'
export { hear as hearAnswerOf } from './hear.ts'
export { paymentJobs } from './jobs.ts'
export { registerPayments } from './register.ts'
export { paymentRoutes } from './routes.ts'
