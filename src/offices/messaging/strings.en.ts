import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'phones-title': 'Phones of the demo town',
  'phones-lead': 'The town’s messages as they reach people’s phones. Nothing leaves this machine.',
  'phones-empty-title': 'No message has been sent yet',
  'phones-empty': 'File a request or finish a step, and the message appears here.',
  'phone-title': 'Phone of {name}',
  'phone-back': 'All phones',
  'phone-count': '{count, plural, zero {no messages} one {one message} other {# messages}}',
  'phone-write': 'Write to the municipality',
  'phone-write-hint': 'Try: دور',
  'phone-mine': 'From this phone',
  'phone-number': 'Telephone',
  'phone-send': 'Send',
  'phone-sent': 'The message has reached the municipality.',
}
