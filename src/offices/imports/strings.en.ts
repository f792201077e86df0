import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'charge-label': '{kind}: balance from “{source}”',
  'voucher-taken-back': 'The balance has changed in “{source}”',
  'kind-electricity': 'Electricity',
  'kind-water': 'Water',
  'kind-sewage': 'Sewage',
  'kind-waste': 'Waste',
  'kind-property': 'Property tax',
  'kind-licence': 'Licences',
  'kind-rent': 'Rent',
  'kind-fine': 'Fines',
}
