export const en = {
  'paid-back': 'What came back to you',
  'paid-back-note': 'Payment voucher {number}, {day}',
  'way-cheque': 'Cheque',
  'way-transfer': 'Bank transfer',
  'way-cash': 'In cash',
  'way-numbered': '{way} {reference}',
} as const
