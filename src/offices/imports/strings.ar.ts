export const ar = {
  'charge-label': '{kind}: رصيد من «{source}»',
  'voucher-taken-back': 'تغيّر الرصيد في «{source}»',
  'kind-electricity': 'كهرباء',
  'kind-water': 'مياه',
  'kind-sewage': 'صرف صحي',
  'kind-waste': 'نفايات',
  'kind-property': 'ضريبة أملاك',
  'kind-licence': 'رخص',
  'kind-rent': 'إيجار',
  'kind-fine': 'مخالفات',
} as const
