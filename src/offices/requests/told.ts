import { registerWords } from '../messaging/index.ts'
import { ar as citizen } from './citizen/strings.ar.ts'
import { letterTexts } from './letters/words.ts'
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
    variables: ['number', 'text'],
    needs: ['text'],
    body: letterTexts.ar.sms,
  }),
  'letter-long': registerWords('letter-long', 'thread', {
    name: { ar: 'كتبت البلدية في الطلب أطول من رسالة', en: 'The town wrote more than a message holds' },
    variables: ['number', 'link'],
    body: letterTexts.ar['sms-long'],
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
