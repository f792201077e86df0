/** Whom a row names. */
export const whoAr = {
  self: 'أنت',
  other: 'شخص آخر',
  staff: 'موظف في البلدية',
  system: 'النظام',
  yes: 'نعم',
  no: 'لا',
}
