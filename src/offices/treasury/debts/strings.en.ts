import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'voucher-allocation': 'From the balance on account',
  'voucher-transfer': 'Transfer of debt',
  'exempt-by': 'Exempt by decision {decision}',
}
