import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'sms-paid': 'We received {amount} online. The receipt {receipt} is under My dues.',
  'sms-late-account':
    'We received {amount} after it had been paid otherwise. {rest} stays on your account for what comes later. Receipt {receipt}.',
  'sms-late-refund':
    'We received {amount} after it had been paid otherwise. {rest} goes back the way you paid it. Receipt {receipt}.',
  'sms-mismatch':
    'The bank sent us another amount than the one due ({amount}). Nothing was paid with it; the treasurer looks at it and we tell you.',
  'sms-refunded': 'We gave {amount} back the way you paid it. It may take some days to show.',
  'sms-plan':
    'Paying {total} in {count, plural, one {# instalment} other {# instalments}} is agreed by decision {decision}. The first, {amount}, is due on {date}.',
  'sms-instalment':
    'Your instalment of {amount} is due on {date}. Pay it on the portal or at the centre to keep the agreement.',
  'late-reason': 'The money came after it had been paid',
  'refund-voucher': 'Refund of an online payment: {reason}',
}
