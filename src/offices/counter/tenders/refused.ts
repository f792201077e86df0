import { DomainError, type Fault } from '../../../lib/errors.ts'

/** Which box of the money a refusal of the till is about. */
const boxes: Readonly<Record<string, string>> = {
  'card-digits-malformed': 'card-last4',
  'card-slip-missing': 'card-slip',
  'reference-missing': 'wallet-reference',
  'bank-slip-missing': 'bank-number',
  'bank-slip-date-malformed': 'bank-date',
  'bank-slip-in-future': 'bank-date',
  'cheque-drawer-missing': 'cheque-drawer',
  'cheque-number-malformed': 'cheque-number',
  'cheque-date-malformed': 'cheque-date',
  'cheque-in-past': 'cheque-date',
  'cheque-too-far': 'cheque-date',
  'cheque-entered': 'cheque-number',
  'bank-missing': 'cheque-bank',
  'change-without-cash': 'received',
}

/** What the till refused, at the box it is about; undefined where it is about none. */
export function tenderFault(error: unknown, typed: (name: string) => string): Fault | undefined {
  if (!(error instanceof DomainError)) return undefined
  const field = boxes[error.code]
  if (!field) return undefined
  const bank =
    error.code === 'bank-missing' && typed('bank-amount').trim() !== '' && typed('bank-bank').trim() === ''
  return { field: bank ? 'bank-bank' : field, code: error.code }
}
