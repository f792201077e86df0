import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'nav-home': 'Home',
  'nav-services': 'Services',
  'nav-track': 'Track a request',
  'nav-verify': 'Verify a certificate',
  'nav-my': 'My page',
  'nav-my-requests': 'My requests',
  'nav-my-dues': 'My dues',
  'nav-my-messages': 'My messages',
  'nav-my-looks': 'Who looked',
  'footer-services': 'Services',
  'footer-help': 'Help',
  'footer-help-page': 'How do I file a request?',
  'rail-counter': 'Counter',
  'rail-inbox': 'My tasks',
  'rail-requests': 'Requests',
  'rail-till': 'Till',
  'rail-services': 'Services',
  'rail-settings': 'Settings',
  'log-out': 'Log out',
  'footer-demo': 'Phones of the demo town',
}
