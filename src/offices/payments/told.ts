import { registerWords } from '../messaging/index.ts'
import { ar } from './strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  paid: registerWords('payments.sms-paid', 'step', {
    name: { ar: 'وصل دفع إلكتروني', en: 'Paid online' },
    variables: ['amount', 'receipt'],
    body: ar['sms-paid'],
  }),
  'late-account': registerWords('payments.sms-late-account', 'step', {
    name: { ar: 'دفع إلكتروني متأخر بقي على الحساب', en: 'Paid online too late: kept on account' },
    variables: ['amount', 'rest', 'receipt'],
    body: ar['sms-late-account'],
  }),
  'late-refund': registerWords('payments.sms-late-refund', 'step', {
    name: { ar: 'دفع إلكتروني متأخر يُعاد', en: 'Paid online too late: given back' },
    variables: ['amount', 'rest', 'receipt'],
    body: ar['sms-late-refund'],
  }),
  mismatch: registerWords('payments.sms-mismatch', 'step', {
    name: { ar: 'وصل من البنك مبلغ غير المطلوب', en: 'The bank took another amount' },
    variables: ['amount'],
    body: ar['sms-mismatch'],
  }),
  refunded: registerWords('payments.sms-refunded', 'step', {
    name: { ar: 'أعيدت دفعة إلكترونية', en: 'An online payment was given back' },
    variables: ['amount'],
    body: ar['sms-refunded'],
  }),
  plan: registerWords('payments.plan', 'legal', {
    name: { ar: 'وافقت البلدية على التقسيط', en: 'Instalments agreed' },
    variables: ['total', 'count', 'decision', 'amount', 'date'],
    needs: ['amount', 'date'],
    body: ar['sms-plan'],
  }),
  balance: registerWords('payments.balance', 'reply', {
    name: { ar: 'جواب «رصيد»', en: 'The answer to “balance”' },
    variables: ['amount', 'list'],
    needs: ['amount'],
    body: ar['sms-balance'],
  }),
  'balance-none': registerWords('payments.balance-none', 'reply', {
    name: { ar: 'جواب «رصيد» حين لا شيء مستحق', en: 'The answer to “balance” where nothing is owed' },
    body: ar['sms-balance-none'],
  }),
  'balance-private': registerWords('payments.balance-private', 'reply', {
    name: { ar: 'جواب «رصيد» لهاتف غير مثبت', en: 'The answer to “balance” for a telephone not verified' },
    body: ar['sms-balance-private'],
  }),
  instalment: registerWords('payments.instalment', 'reminder', {
    name: { ar: 'تذكير بقسط', en: 'An instalment falls due' },
    variables: ['amount', 'date'],
    body: ar['sms-instalment'],
  }),
}
