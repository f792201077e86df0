import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'error-title': 'This could not be done',
  'error-gone-title': 'What you sent this to is not there',
  'error-gone':
    'It may have been finished, or gone to somebody else, before this arrived. Nothing was saved.',
  'error-not-found-title': 'There is no page at this address',
  'error-not-found': 'It may have moved. Start from the front page or the list of services.',
  'error-forbidden-title': 'This page is not yours',
  'error-forbidden': 'Those who work on it can open it. If you need it for your work, ask your manager.',
  'error-log-in-title': 'Your log-in has ended',
  'error-log-in': 'Log in again. What you wrote is kept.',
  'error-conflict-title': 'Things changed before your message arrived',
  'error-conflict': 'What you sent was not saved. Open the page again to see how it stands.',
  'error-foreign-form':
    'This form came from another site and was refused. Open the page on the town’s site and send it again.',
  'error-field-too-long':
    'The text in one of the fields is longer than {most} letters. Make it shorter, or attach it as a file, and send it again.',
  'error-too-large':
    'What you sent is larger than {megabytes} MB. Make the file smaller or take it at a lower resolution, then send again.',
  'error-bad-request-title': 'We could not read what arrived',
  'error-bad-request':
    'Go back to the previous page, where what you wrote still is, correct it and send again.',
  'error-internal-title': 'Your request stopped on our side',
  'error-internal':
    'Nothing you sent just now was saved. Try again shortly; if it happens again, call the service centre and give this number: {reference}',
  'error-unavailable':
    'A part of the system does not answer now. Nothing you sent was saved. Try again in a minute.',
  'error-away': 'The database does not answer now; it is usually back within seconds.',
  'error-busy': 'The system is very busy. Wait a few seconds and try again.',
  'error-no-room':
    'The disk of the town’s server is full, and nothing can be saved until there is room. Try again in some minutes, or go to the service centre if it cannot wait.',
  'again-kept':
    'What you wrote is kept in this page. Send it from here in a moment: if it arrived the first time, it is not saved twice.',
  'again-files':
    'The files did not reach us. Go back to the previous page, where what you wrote still is, and send it again.',
  'again-send': 'Send again',
  'error-scan-title': 'The file waits for the virus scan',
  'error-scan':
    'The scanner gives no answer now; the file is kept as it came. It opens by itself once it is scanned, and its picture is shown in the request.',
  'error-infected-title': 'There is a virus in this file',
  'error-infected':
    'We open it for nobody. Ask its sender for a new copy: a photograph of the paper, or a PDF from a clean device.',
  'error-not-verified-title': 'This page appears once we have seen your card',
  'error-not-verified':
    'You registered with your telephone and see what you file. Show your card once at the service centre and see all that concerns you.',
  'error-own-account-only-title': 'This page is of your own account',
  'error-own-account-only':
    'You act for somebody else just now. Go back to your account at the top of the page, then open it.',
  'error-mandate-does-not-cover-title': 'The mandate does not cover this page',
  'error-mandate-does-not-cover':
    'Your mandate is for other things. Whoever gave it can add them on the page of mandates in their account.',
  'error-place-changed-title': 'You act for somebody else now',
  'error-place-changed':
    'This form was opened for one person and sent for another, or the mandate ended meanwhile. Nothing was kept. Choose for whom you act and open the page anew.',
  'error-home': 'Front page',
  'error-services': 'Services',
  'error-again': 'Open the page again',
  'parked-title': 'What you wrote is kept',
  'parked-body':
    'Your log-in ended while you were writing. What you wrote is kept as you left it. Continue to send it.',
  'parked-continue': 'Continue',
  'parked-gone-title': 'Nothing kept was found',
  'parked-files': 'Files are not kept with the text. Attach them again after continuing.',
  'towns-title': 'Towns on Shubbak',
  'towns-none': 'There is no town at this address.',
}
