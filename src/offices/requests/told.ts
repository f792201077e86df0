import { registerWords } from '../messaging/index.ts'
import { ar as citizen } from './citizen/strings.ar.ts'
import { letterWords } from './letters/words.ts'
import { partySms } from './parties/strings.ts'
import { ar as staff } from './staff/strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  tracking: registerWords('tracking-code', 'code', {
    name: { ar: 'رمز متابعة الطلب', en: 'Code to follow a request' },
    variables: ['code'],
    needs: ['code'],
    body: citizen['track-sms'],
  }),
  letter: registerWords('letter', 'thread', {
    name: { ar: 'كتبت البلدية في الطلب', en: 'The town wrote in a request' },
    variables: ['number'],
    body: letterWords.ar,
  }),
  'term-ends': registerWords('term-ends', 'step', {
    name: { ar: 'تنتهي مدة صفة في طلب', en: 'A capacity in a request ends' },
    variables: ['number', 'date'],
    body: partySms.ar['sms-term-ends'],
  }),
  'file-opened': registerWords('file-opened', 'security', {
    name: { ar: 'فُتح ملف من خارج مهمة', en: 'A file was opened without a task' },
    body: staff['sms-file-opened'],
  }),
}
