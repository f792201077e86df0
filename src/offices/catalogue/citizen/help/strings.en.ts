import type { ar } from './strings.ar.ts'

/** Texts of the help, step by step. What stands in quotes is what the pages themselves say. */
export const en: { readonly [Key in keyof typeof ar]: string } = {
  'all-topics': 'All help',
  'topic-lead': 'Short steps. You can print them.',
  topics: 'Pick your question',
  'note-pin': 'Once at the centre; then you choose your own.',
  'note-file': 'From your phone, page by page.',
  'note-paper': 'Photograph it and send it from your request.',
  'note-pay': 'At the centre, or on the bank’s page.',
  'note-follow': 'By a link, or by number and phone.',
  'note-verify': 'By its code, or by its file.',
  'note-turn': 'At the door, on the portal, or by SMS.',
  'staff-topics': 'For those who work at the town',
  'note-design': 'From the draft to its review and publishing, without programming.',
  'note-word': 'A message, a complaint or a rating.',

  'to-log-in': 'Log in',
  'to-services': 'Services',
  'to-requests': 'My requests',
  'to-dues': 'My dues',
  'to-pay': 'Pay what you owe',
  'to-track': 'Track a request',
  'to-verify': 'Verify a paper',
  'to-turn': 'Take a turn',
  'to-contact': 'Message to the management',
  'to-complaint': 'Complaint about a member of staff',

  'pin-come': 'Come once to the public service centre.',
  'pin-card': 'Give the clerk your identity card; your phone number is confirmed.',
  'pin-slip': 'You get a slip with a PIN that works once.',
  'pin-choose':
    'Log in with your identity number and this PIN, then choose six digits nobody else knows. No clerk ever asks for them.',
  'way-pin-first': 'The first time',
  'way-pin-lost': 'If you forget it',
  'pin-lost': 'Take a new one from the centre with your identity card.',

  'file-find': 'Find the service and read which papers you need.',
  'file-enter': 'Press “Apply” and log in with your identity number and PIN.',
  'file-answer': 'Answer the questions page by page. What you type is kept; go on from any device.',
  'file-papers': 'Photograph the papers with your phone. What the town knows you need not bring.',
  'file-send': 'Read the request once more and send it. You see its number, and a message brings it.',

  'paper-told': 'A message names the paper, and the clock stops.',
  'paper-open': 'Open the request under “My requests”. The missing paper is named there.',
  'paper-photo': 'Photograph it and send it from there. Or bring it to the centre.',
  'paper-clock': 'When all papers have arrived the clock runs on from where it stopped.',

  'way-pay-counter': 'At the centre',
  'pay-come': 'Tell the clerk your name or identity number, or the number of your request.',
  'pay-hand': 'You are told what you owe and pay at the till.',
  'pay-voucher': 'Take the receipt and keep it.',
  'way-pay-online': 'On the portal, when online payment is open',
  'pay-see': 'Open “My dues” and see what you owe.',
  'pay-choose': 'Choose what to pay, then go on to payment.',
  'pay-bank': 'Type your card number on the bank’s page only. The town never asks for it.',
  'pay-arrived': 'Back here, the receipt is under “My dues”, and a message reaches you.',

  'way-follow-link': 'By the link',
  'follow-keep': 'When you apply, a link and a square are shown once. Photograph them or print the page.',
  'follow-open': 'Open the link at any time. It shows where the request stands, without your name or data.',
  'way-follow-number': 'By number and phone',
  'follow-number': 'Type the number of the request and the phone that gets the town’s messages.',
  'follow-code': 'A code of six digits reaches you, good for ten minutes. Type it; give it to nobody.',
  'follow-see': 'You see where the request stands and at which office.',

  'way-verify-code': 'By the code on the paper',
  'verify-square': 'Photograph the square with your phone’s camera, or type the code printed beside it.',
  'verify-see': 'The page says whether the town issued it and whether it still stands.',
  'verify-compare': 'Compare it with the paper in your hand. If anything differs, the paper was altered.',
  'way-verify-file': 'By the file',
  'verify-file': 'Attach the PDF as it reached you. We do not keep it; we compare it with what we issued.',

  'way-turn-door': 'At the door of the centre',
  'turn-press': 'Choose on the screen at the door why you came.',
  'turn-slip': 'Take your slip; type your phone if you want a message when it is near.',
  'turn-wait': 'Wait for your number on the screen of the hall.',
  'way-turn-portal': 'On the portal',
  'turn-choose': 'Choose what you come for and type your phone.',
  'turn-near': 'A message tells you when your turn is near; then come.',
  'way-turn-sms': 'By SMS',
  'turn-word': 'Answer the town’s messages with the word «دور», then «دور» and the number of what you want.',
  'turn-back': 'The reply brings your turn and how many are before you. To leave it send «الغاء».',

  'way-design-new': 'A new service',
  'design-begin':
    'From “Services” at the side choose “New service”: from nothing, as a copy of one like it, or from a file.',
  'design-write':
    'Open “Write and edit” and change each part in its place. Whatever you save is a step of the history, and you can undo it.',
  'design-try':
    'See it as citizens and officers do, and write examples that go through every branch of its conditions.',
  'design-check': 'Mend what the check says keeps it from being published.',
  'design-ask':
    'Ask for approval, and say what you changed and why. Somebody who did not write in it reviews it: another designer, the manager or the administrator.',
  'design-publish': 'Once approved, publish it from a day. What was filed before stays under its version.',
  'way-design-change': 'A published service',
  'design-next': 'Open the service and press “Write the next version”. What it changes is told in words.',
  'design-fee':
    'An amount is written in the settings, by decision. Open requests keep that of the day they were filed, unless the council decides otherwise.',
  'design-national':
    'When a national update comes you see what it changes here, and choose where both changed the same.',
  'design-end': 'To end a service write the day, and what people read until then.',
  'way-word-message': 'Message to the management',
  'word-write': 'Write your proposal or question. A message reaches you when there is an answer.',
  'way-word-complaint': 'Complaint about a member of staff',
  'word-complain':
    'Say what happened and about whom. They never see it, and a message reaches you when it is answered.',
  'way-word-rate': 'Rating of the service',
  'word-rate':
    'When your request is done a message asks you: reply with a number from 1 to 5, or rate on the page of the request.',
}
