import { registerWords } from '../messaging/index.ts'
import { ar } from './strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  answered: registerWords('looks.answered', 'step', {
    name: { ar: 'رد على «لماذا اطّلعتم؟»', en: 'An answer to «why did you look?»' },
    body: ar['sms-answered'],
  }),
  month: registerWords('looks.month', 'reminder', {
    name: { ar: 'خلاصة الشهر: من اطّلع على بياناتك', en: 'The month: who looked at your data' },
    variables: ['count'],
    needs: ['count'],
    body: ar['sms-month'],
  }),
}
