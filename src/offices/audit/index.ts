/** audit: who did or looked at what, and why. */
export { type LookAt, type Looker, looksAt } from './looks.ts'
export { type AuditActor, type AuditEntry, canonicalBytes, canonicalJson, provesField } from './model.ts'
export { record, recordMany } from './store.ts'
