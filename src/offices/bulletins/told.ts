import { registerWords } from '../messaging/index.ts'
import type { BulletinKind } from './model.ts'
import { ar } from './strings.ar.ts'

/** By which name the words of bills are filled when they are handed over. */
export const billFiller = 'bulletins.bill'
/** The event of the messages of a bulletin. */
export const bulletinEvent = (kind: BulletinKind): string => `bulletins.${kind}`

/** Words that are ready to begin with; a town may word each otherwise. */
export const told = {
  bill: registerWords('bulletins.bill', 'bill', {
    name: { ar: 'فاتورة إلى كثيرين', en: 'A bill to many' },
    variables: ['amount', 'date'],
    needs: ['amount'],
    body: ar['sms-bill'],
  }),
  reminder: registerWords('bulletins.reminder', 'reminder', {
    name: { ar: 'تذكير إلى كثيرين', en: 'A reminder to many' },
    body: ar['sms-reminder'],
  }),
}
