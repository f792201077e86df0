export const ar = {
  'voucher-allocation': 'من رصيد الحساب',
  'voucher-transfer': 'نقل ذمة',
  'exempt-by': 'إعفاء بقرار {decision}',
} as const
