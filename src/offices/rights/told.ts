import { registerWords } from '../messaging/index.ts'
import { ar as copies } from './copy/strings.ar.ts'
import { ar as corrections } from './correction/strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  ready: registerWords('rights.copy-ready', 'security', {
    name: { ar: 'نسخة البيانات جاهزة', en: 'A copy of somebody’s data is ready' },
    variables: ['date'],
    needs: ['date'],
    body: copies['sms-ready'],
  }),
  byAnother: registerWords('rights.copy-by-another', 'security', {
    name: { ar: 'وكيل طلب نسخة بياناتك', en: 'An agent asked for a copy of somebody’s data' },
    body: copies['sms-by-another'],
  }),
  atCounter: registerWords('rights.copy-at-counter', 'security', {
    name: { ar: 'طُبعت نسخة البيانات على الشباك', en: 'A copy was printed at the counter' },
    body: copies['sms-at-counter'],
  }),
  received: registerWords('rights.correction-received', 'step', {
    name: { ar: 'وصل طلب تصحيح', en: 'A correction was asked for' },
    variables: ['number', 'date'],
    needs: ['number'],
    body: corrections['sms-received'],
  }),
  proof: registerWords('rights.correction-proof', 'step', {
    name: { ar: 'طلب التصحيح ينتظر إثباتًا', en: 'A correction waits for a proof' },
    variables: ['number'],
    needs: ['number'],
    body: corrections['sms-proof'],
  }),
  accepted: registerWords('rights.correction-accepted', 'step', {
    name: { ar: 'قُبل طلب التصحيح', en: 'A correction was made' },
    variables: ['number'],
    needs: ['number'],
    body: corrections['sms-accepted'],
  }),
  refused: registerWords('rights.correction-refused', 'step', {
    name: { ar: 'رُفض طلب التصحيح', en: 'A correction was refused' },
    variables: ['number'],
    needs: ['number'],
    body: corrections['sms-refused'],
  }),
}
