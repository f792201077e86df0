import { registerWords } from '../templates/registry.ts'
import { ar } from './strings.ar.ts'

/** The codes people are asked for, each saying what it is for: one that was not asked for is seen to be none of theirs. */
export const codeWords = {
  device: registerWords('log-in.device-code', 'code', {
    name: { ar: 'رمز الدخول من جهاز جديد', en: 'A code for a log-in from a new device' },
    variables: ['code'],
    needs: ['code'],
    body: ar['sms-device'],
  }),
  known: registerWords('log-in.known-code', 'code', {
    name: { ar: 'رمز لتأكيد جهاز', en: 'A code that proves a device' },
    variables: ['code'],
    needs: ['code'],
    body: ar['sms-known'],
  }),
  register: registerWords('log-in.register-code', 'code', {
    name: { ar: 'رمز لتسجيل ذاتي', en: 'A code for somebody registering themselves' },
    variables: ['code'],
    needs: ['code'],
    body: ar['sms-register'],
  }),
  mandate: registerWords('log-in.mandate-code', 'code', {
    name: { ar: 'رمز لقبول توكيل', en: 'A code that accepts a mandate' },
    variables: ['code'],
    needs: ['code'],
    body: ar['sms-mandate'],
  }),
  presence: registerWords('log-in.presence-code', 'code', {
    name: { ar: 'رمز يفتح الملف على الشباك', en: 'A code that opens a file at the window' },
    variables: ['code'],
    needs: ['code'],
    body: ar['sms-presence'],
  }),
}

/** What people are told of their log-in and of who acts for them. No name stands in it: the number may be read by others. */
export const newsWords = {
  'device-new': registerWords('log-in.device-new', 'security', {
    name: { ar: 'دخول من جهاز جديد', en: 'A log-in from a new device' },
    body: ar['sms-device-new'],
  }),
  'device-unproven': registerWords('log-in.device-unproven', 'security', {
    name: { ar: 'دخول من جهاز جديد بلا رمز', en: 'A log-in from a new device without a code' },
    body: ar['sms-device-unproven'],
  }),
  'pin-renewed': registerWords('log-in.pin-renewed', 'security', {
    name: { ar: 'رمز سري جديد من الشباك', en: 'A new PIN from the counter' },
    body: ar['sms-pin-renewed'],
  }),
  verified: registerWords('log-in.verified', 'security', {
    name: { ar: 'تأكيد هوية من سجّل نفسه', en: 'Who registered themselves was seen at the counter' },
    body: ar['sms-verified'],
  }),
  'mandate-offered': registerWords('mandate.offered', 'security', {
    name: { ar: 'توكيل ينتظر القبول', en: 'A mandate waits to be accepted' },
    body: ar['sms-mandate-offered'],
  }),
  'mandate-in-force': registerWords('mandate.in-force', 'security', {
    name: { ar: 'توكيل صار نافذًا', en: 'A mandate is in force' },
    body: ar['sms-mandate-in-force'],
  }),
  'mandate-ended': registerWords('mandate.ended', 'security', {
    name: { ar: 'توكيل انتهى', en: 'A mandate has ended' },
    body: ar['sms-mandate-ended'],
  }),
}
