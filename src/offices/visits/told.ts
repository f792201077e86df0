import { registerWords } from '../messaging/index.ts'
import { ar } from './strings.ar.ts'

/** What this office tells by message; a town may word each otherwise. */
export const told = {
  soon: registerWords('visits.soon', 'turn', {
    name: { ar: 'اقترب الدور', en: 'A turn comes near' },
    variables: ['turn', 'minutes', 'ahead', 'grace'],
    needs: ['turn'],
    body: ar['sms-soon'],
  }),
  'soon-unmeasured': registerWords('visits.soon-unmeasured', 'turn', {
    name: { ar: 'اقترب الدور، ولا تقدير للوقت', en: 'A turn comes near, the wait not known' },
    variables: ['turn', 'minutes', 'ahead', 'grace'],
    needs: ['turn'],
    body: ar['sms-soon-unmeasured'],
  }),
  turn: registerWords('visits.turn', 'reply', {
    name: { ar: 'دور أُخذ برسالة', en: 'A turn taken by text' },
    variables: ['turn', 'ahead', 'minutes'],
    needs: ['turn'],
    body: ar['sms-turn'],
  }),
  'turn-unmeasured': registerWords('visits.turn-unmeasured', 'reply', {
    name: { ar: 'دور أُخذ برسالة، ولا تقدير للوقت', en: 'A turn taken by text, the wait not known' },
    variables: ['turn', 'ahead'],
    needs: ['turn'],
    body: ar['sms-turn-unmeasured'],
  }),
  which: registerWords('visits.which', 'reply', {
    name: { ar: 'أي دور تريد؟', en: 'Which turn is wanted' },
    variables: ['list'],
    needs: ['list'],
    body: ar['sms-which'],
  }),
  closed: registerWords('visits.closed', 'reply', {
    name: { ar: 'لا أدوار خارج الدوام', en: 'No turns outside opening hours' },
    variables: ['hours'],
    body: ar['sms-closed'],
  }),
  'too-many': registerWords('visits.too-many', 'reply', {
    name: { ar: 'أدوار كثيرة من هاتف واحد', en: 'Too many turns from one telephone' },
    body: ar['sms-too-many'],
  }),
  none: registerWords('visits.none', 'reply', {
    name: { ar: 'لا دور لهذا الهاتف', en: 'No turn of this telephone' },
    body: ar['sms-none'],
  }),
  cancelled: registerWords('visits.cancelled', 'reply', {
    name: { ar: 'تُرك الدور', en: 'A turn given back' },
    variables: ['turn'],
    body: ar['sms-cancelled'],
  }),
}
