import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'log-in-title': 'Log in',
  'log-in-sub': 'To see your requests, dues and messages.',
  'log-in-parked':
    'Your log-in ended while you were writing. What you wrote is kept, and we return to it after you log in.',
  'log-in': 'Log in',
  'id-number': 'Identity number',
  'id-number-hint':
    'Nine digits. With a passport write its number; if you registered yourself and were not seen yet, your telephone.',
  pin: 'PIN',
  'pin-hint': 'Six digits.',
  'log-in-waits':
    'After five wrong tries the log-in closes for five minutes, then for longer with each one more.',
  'no-pin-title': 'No PIN, or forgotten?',
  'no-pin':
    'Get a new one at the service centre with your identity card. You then choose one that nobody else knows.',
  'never-asked': 'No employee ever asks for your PIN, and we never send it in a message.',

  'known-way': 'Not want to wait? Prove your device with a code to your telephone.',
  'known-title': 'Prove your device',
  'known-sub':
    'Where others typed many wrong PINs under your number, prove that this device is yours, then log in with your PIN.',
  'known-send': 'Send a code to my telephone',
  'known-code-sub':
    'If whoever this number belongs to has a proven telephone with us, a code is on its way. It is good for five minutes.',
  'known-check': 'Prove my device',
  'known-now': 'We know this device now. Log in with your number and PIN.',
  'known-else': 'No proven telephone with us? The service centre opens the log-in for you; bring your card.',
  'device-code-title': 'Type the code your telephone received',
  'device-code-sub':
    'Your first log-in from this device: we sent a code to your telephone. It is good for five minutes.',
  'device-code': 'Code',
  'device-code-hint': 'Six digits, in a message of the municipality.',
  'device-mine': 'This device is mine; ask for no code here again',
  'device-mine-hint': 'Not on a device that others use.',
  'code-again': 'Send another code',
  'code-sent-again': 'Another code is on its way.',
  'code-leave': 'Leave the log-in',
  'code-lost':
    'Telephone changed or lost? Come to the service centre with your card. No number is changed by a call.',
  'register-why': 'First time, and you cannot come now?',
  'register-open': 'Register with your telephone',

  'devices-title': 'Your devices and log-ins',
  'devices-sub': 'From where and when somebody entered your account. Sign out what you do not know.',
  devices: 'Known devices',
  'devices-none': 'No device is known yet.',
  'device-here': 'This device',
  'device-trusted': 'No code is asked here',
  'device-unproven': 'Entered without a code',
  'device-unnamed': 'A device without a name',
  'device-last': 'Last log-in from it',
  'device-end': 'Sign it out',
  'device-end-of': 'Sign it out: {name}',
  'log-ins': 'Latest log-ins',
  'log-in-here': 'You are here',
  'log-in-open': 'Still open',
  'log-in-over': 'Over',
  'log-in-end': 'End it',
  'log-in-end-of': 'End it: {name}',
  'end-others': 'Sign out of all other devices',
  'devices-strange': 'A log-in you do not know? Sign it out, change your PIN, and tell the service centre.',
  'pin-change-link': 'Change the PIN',
  'ended-device': 'The device is signed out and no longer known.',
  'ended-log-in': 'That log-in has ended.',
  'ended-none': 'Nothing was ended: the list has changed. Look at it and choose again.',
  'ended-others': 'Every other log-in has ended; no device but this one is known.',

  'register-title': 'Register yourself',
  'register-sub':
    'With your name, identity number and a telephone nobody else uses. You see what you file; the rest once the service centre has seen your card.',
  'register-after-title': 'Then come once',
  'register-after':
    'Until then you file requests and follow them. Dues, receipts and who looked at your file appear after you show your card at the counter, once.',
  'register-firstName': 'Your first name',
  'register-fatherName': 'Father’s name',
  'register-grandfatherName': 'Grandfather’s name',
  'register-familyName': 'Family name',
  'register-id-hint': 'Nine digits as on the card. It is not yours here before it was seen.',
  'register-phone': 'Your telephone',
  'register-phone-hint': '059 or 056. You log in by it until your card was seen.',
  'register-send': 'Send the code to my telephone',
  'register-code-title': 'The code, then a PIN of your own',
  'register-code-sub':
    'We sent a code to your telephone, good for five minutes. Type it and choose a PIN nobody else knows.',
  'register-finish': 'Register me',
  'register-anew': 'Begin anew',
  registered:
    'You are registered. Log in by your telephone and PIN; by your identity number once you came to the service centre.',
  'phone-known-title': 'We know this telephone already',
  'phone-known':
    'It stands in an earlier record, yours or somebody else’s; a telephone alone does not tell who you are. Take a PIN at the service centre, with your card.',

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
  'staff-sub': 'With your login, password and the code of your authenticator app, or with a passkey.',
  login: 'Login',
  password: 'Password',
  code: 'App code',
  'code-hint':
    'Six digits of your authenticator app, or a recovery code. At your first log-in leave it empty.',
  'staff-help':
    'Lost your phone, or forgot the password? Write a recovery code in place of the app’s code, or ask the administrator of the municipality.',
  'logged-out': 'You are logged out',
}
