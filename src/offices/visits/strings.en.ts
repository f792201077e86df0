import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'sms-soon':
    'Your turn {turn} comes in about {minutes} minutes. If you miss the call, you have {grace} minutes.',
  'sms-soon-unmeasured':
    'Your turn {turn} is near: {ahead} before you. If you miss the call, you have {grace} minutes.',
  'sms-turn': 'Your turn {turn}, {ahead} before you, in about {minutes} minutes. To leave it, send: الغاء',
  'sms-turn-unmeasured':
    'Your turn {turn}, {ahead} before you. We tell you when it is near. To leave it, send: الغاء',
  'sms-which': 'Send: دور and the number of what you come for: {list}',
  'sms-closed': 'Turns are given in opening hours: {hours}',
  'sms-too-many': 'We cannot give you another turn today. Come to the service centre.',
  'sms-none': 'No turn waits for this telephone. To take one, send: دور',
  'sms-cancelled': 'You have left your turn {turn}.',
  'sms-hint': 'To take a turn, send: دور',
}
