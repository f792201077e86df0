import { registerWords } from '../messaging/index.ts'
import { ar as confirming } from './confirm/strings.ar.ts'
import { ar as claiming } from './presence/strings.ar.ts'
import { ar } from './strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  'cheque-returned': registerWords('treasury.cheque-returned', 'legal', {
    name: { ar: 'رجع شيك', en: 'A cheque was returned' },
    variables: ['number', 'bank', 'amount'],
    needs: ['number'],
    body: ar['sms-cheque-returned'],
  }),
  claimed: registerWords('counter.presence-claimed', 'security', {
    name: { ar: 'فُتح ملف برقم كُتب على الشباك', en: 'A file was opened by a number typed at the window' },
    variables: ['office'],
    body: claiming['sms-claimed'],
  }),
  code: registerWords('counter-code', 'code', {
    name: { ar: 'رمز تأكيد الطلب على الشباك', en: 'Code that confirms a request at the window' },
    variables: ['code'],
    needs: ['code'],
    body: confirming['code-sms'],
  }),
}
