export const ar = {
  'paid-back': 'ما رُدّ إليك',
  'paid-back-note': 'سند صرف رقم {number}، {day}',
  'way-cheque': 'شيك',
  'way-transfer': 'حوالة بنكية',
  'way-cash': 'نقدًا',
  'way-numbered': '{way} رقم {reference}',
} as const
