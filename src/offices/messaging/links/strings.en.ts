import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'dead-title': 'This link does not work',
  'dead-text':
    'It may be incomplete or over. Open it from the message itself, or follow your request by its number and your telephone.',
  'dead-track': 'Follow your request',
  'dead-call': 'Or call the public service centre:',
}
