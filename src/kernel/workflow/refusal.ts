/** Why an act is not accepted. */

export type RefusalCode =
  | 'not-available'
  | 'not-yours'
  | 'already-taken'
  | 'already-read'
  | 'fee-unpaid'
  | 'note-required'
  | 'papers-required'
  | 'unknown-paper'
  | 'assignee-required'
  | 'office-required'
  | 'unknown-office'
  | 'refers-to-itself'
  | 'refers-to-asker'
  | 'date-required'
  | 'date-in-past'
  | 'step-required'
  | 'unknown-step'
  | 'receipt-required'
  | 'exception-incomplete'
  | 'exception-not-yours'
  | 'fields-required'
  | 'unknown-field'
  | 'proof-required'
  | 'unknown-proof'
  | 'appointment-required'
  | 'session-required'
  | 'deadline-required'
  | 'ground-required'
  | 'unknown-ground'
  | 'not-yet'

/** `fields` names those missing or unknown. */
export type Refusal = { ok: false; code: RefusalCode; fields?: string[] }

/** A refusal with its code. */
export const refused = (code: RefusalCode, fields?: string[]): Refusal => ({
  ok: false,
  code,
  ...(fields && { fields }),
})
