/** audit: who did or looked at what, and why. */
export { erasedAct, erasePersonal } from './erase.ts'
export { type LookAt, type Looker, type LookFilter, looksAt } from './looks.ts'
export {
  type AuditActor,
  type AuditEntry,
  canonicalBytes,
  canonicalJson,
  canonicalText,
  provesField,
  type SaltedFields,
  saltedHash,
} from './model.ts'
export { recordLooks } from './record-looks.ts'
export { lendSeals, proofResponse, type SealMark, sealOf } from './seals.ts'
export { record, recordMany } from './store.ts'
