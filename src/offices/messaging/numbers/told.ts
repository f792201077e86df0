import { registerWords } from '../templates/registry.ts'
import { ar } from './strings.ar.ts'

/** What is said to a number or an address that somebody says is theirs. */
export const told = {
  code: registerWords('contact.code', 'code', {
    name: { ar: 'رمز لتأكيد رقم جوال', en: 'A code that proves a telephone' },
    variables: ['code'],
    needs: ['code'],
    body: ar['sms-code'],
  }),
  emailCode: registerWords('contact.email-code', 'code', {
    name: { ar: 'رمز لتأكيد بريد إلكتروني', en: 'A code that proves an e-mail address' },
    variables: ['code'],
    needs: ['code'],
    body: ar['email-code'],
  }),
  moved: registerWords('contact.moved', 'security', {
    name: {
      ar: 'إلى الرقم السابق: لم تعد الرسائل تصله',
      en: 'To the number before: messages come there no more',
    },
    body: ar['sms-moved'],
  }),
}
