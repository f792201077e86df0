import { registerWords } from '../messaging/index.ts'
import { ar } from './strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  asked: registerWords('feedback.asked', 'survey', {
    name: { ar: 'سؤال عن الخدمة بعد إنجازها', en: 'How the service was' },
    variables: ['number'],
    body: ar['sms-ask'],
  }),
  thanks: registerWords('feedback.thanks', 'reply', {
    name: { ar: 'شكر على التقييم', en: 'Thanks for a rating' },
    body: ar['sms-thanks'],
  }),
  answered: registerWords('feedback.answered', 'step', {
    name: { ar: 'رد على رسالة إلى الإدارة', en: 'An answer to a message to the management' },
    variables: ['number'],
    body: ar['sms-answered'],
  }),
}
