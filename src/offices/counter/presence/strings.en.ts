import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'sms-claimed':
    'The number of your card was typed at {office} and your file opened as if you were there. You were not? Ask why on the portal.',
  title: 'A code from their telephone',
  sub: 'The code went to their proven telephone, where there is one. Ask for it: the file opens once you type it.',
  code: 'Code',
  'code-hint': 'Six digits, valid for five minutes',
  open: 'Open the file',
  again: 'Send another code',
  reason: 'They have no code: give a reason',
  sent: 'The code was sent, where the person has a proven telephone.',
  'too-many': 'Too many codes were sent. Give a reason.',
  'another-served':
    'You are serving somebody else. Finish with them first, then ask for the code, or give a reason to open this file.',
  'not-by-code': 'Your municipality opens no file by a code. Call whoever has the turn, or give a reason.',
  proved: 'They told the code of their telephone: the file is open as a visit.',
}
