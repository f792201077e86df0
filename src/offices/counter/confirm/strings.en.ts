/** Texts of the applicant's confirmation of what was typed. */
export const en = {
  'other-ways': 'Confirm in another way',
  'turn-screen': 'Show it on the screen',
  'send-code': 'Send a code to their mobile',
  'code-sent': 'The code went to {phone}. It is good for ten minutes.',
  code: 'The code they received',
  'code-check': 'Check the code',
  'code-sms':
    'Code to confirm your request at the counter: {code}. Read what was typed, then tell it to the clerk.',
  'done-screen': 'Confirmed by the applicant on the screen.',
  'done-sheet': 'Confirmed by the applicant on a signed sheet.',
  'done-code': 'Confirmed by the applicant with a code on their mobile.',
  'done-read-aloud': 'Read to them and confirmed.',
  'done-old': 'What was typed has changed since. It is confirmed anew.',
  'screen-title': 'Read your request',
  'screen-lead':
    'This will be filed in your name. If all of it is right, press “Right”. If something is wrong, tell the clerk.',
  'screen-who': 'Applicant',
  'screen-papers': 'Papers',
  'screen-right': 'Right, I confirm',
  'screen-sheet': 'Signed on paper',
  'screen-back': 'Back',
  'screen-sign': 'I confirm that this sheet says what I said. Signature:',
} as const
