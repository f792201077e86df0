import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'log-in-title': 'Log in',
  'log-in-sub': 'To see your requests, dues and messages.',
  'log-in-parked':
    'Your log-in ended while you were writing. What you wrote is kept, and we return to it after you log in.',
  'log-in': 'Log in',
  'id-number': 'Identity number',
  'id-number-hint':
    'Nine digits. With a passport or for a company, write the passport or registration number.',
  pin: 'PIN',
  'pin-hint': 'Six digits.',
  'log-in-waits':
    'After five wrong tries the log-in closes for five minutes, then for longer with each one more.',
  'no-pin-title': 'No PIN, or forgotten?',
  'no-pin':
    'Get a new one at the service centre with your identity card. You then choose one that nobody else knows.',
  'never-asked': 'No employee ever asks for your PIN, and we never send it in a message.',

  'pin-title': 'Choose your PIN',
  'pin-first': 'The PIN from the centre works once. Now choose one that nobody else knows.',
  'pin-change': 'Six digits that nobody else knows.',
  'pin-current': 'Current PIN',
  'pin-pin': 'New PIN',
  'pin-again': 'New PIN once more',
  'pin-new-hint': 'Six digits, not in a row, not repeated, and without your date of birth.',
  'pin-ends-others': 'When you save it, your log-ins on other devices end.',
  'pin-save': 'Save and log in',
  'pin-chosen': 'Your new PIN is saved',

  'staff-title': 'Staff log-in',
  'staff-sub': 'With your login, password and the code of your authenticator app.',
  login: 'Login',
  password: 'Password',
  code: 'App code',
  'code-hint': 'Six digits from the authenticator app on your phone. Each code works once.',
  'staff-help':
    'Lost your phone or forgot your password? The system administrator of the municipality gives you new ones.',
  'logged-out': 'You are logged out',
}
