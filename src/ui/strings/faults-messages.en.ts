import type { ar } from './faults-messages.ar.ts'

/** What is said of messages, their words and providers, and of numbers. */
export const en: Record<keyof typeof ar, string> = {
  'fault-provider-name': 'Write a name for the provider, up to 40 letters',
  'fault-provider-name-taken': 'The town has a provider of this name. Choose another',
  'fault-provider-price': 'Write the price of a part in figures, such as 0.045, and choose the currency',
  'fault-provider-user': 'Write the user as the provider gave it',
  'fault-provider-password': 'Write the password as the provider gave it',
  'fault-provider-log-in': 'Write user and password, or a token',
  'fault-provider-host': 'Write the server’s name or number as the provider gave it, such as smpp.example.ps',
  'fault-provider-url': 'Write a whole address that begins with http:// or https://',
  'fault-provider-sender': 'Write the sender’s name: at most eleven Latin letters, or a number',
  'fault-provider-from': 'Write a whole e-mail address, such as window@example.ps',
  'fault-provider-callback': 'Write a whole address, such as http://10.0.0.2:8080',
  'fault-provider-ca': 'This is no certificate. Paste it as it is, from BEGIN to END',
  'fault-provider-systemType': 'At most 12 letters',
  'fault-provider-smsc': 'At most 40 letters',
  'fault-provider-fromName': 'At most 80 letters',
  'fault-provider-hardErrors': 'Write the error numbers with a space between, such as 1 11',
  'fault-provider-yaml':
    'This description cannot be read. Look at the spaces that begin its lines and the colons after names',
  'fault-provider-described': 'Something is missing or not understood in the description at: {where}',
  'fault-pause-reason': 'Write in a short sentence why',
  'fault-pause-what': 'Choose what is paused from the list. The name of a text is for one text only',
  'fault-pause-template': 'Write the name of the text as on the page of templates, such as ELE-01/received',
  'fault-quiet-time': 'Write the time like this: 21:00',
  'fault-quiet-pair': 'Write both times, or leave both empty',
  'fault-quiet-too-long': 'At most 16 hours, so that there is a time for messages',

  'fault-phone-missing': 'Write the mobile number',
  'fault-phone-malformed':
    'This is not a whole phone number. Mobiles begin with 059 or 056, then seven digits',
  'fault-phone-not-mobile': 'This landline receives no messages. Write a mobile number',
  'fault-phone-shared':
    'Several people use this number, so no code is sent there. Have it entered at the counter, with your identity card',
  'fault-phone-unproven': 'This number is not proven. Prove it by a code, then choose it',
  'fault-phone-not-theirs': 'The numbers changed a moment ago. Look at the list again',
  'fault-codes-too-many': 'Many codes were sent. Wait a quarter of an hour, then ask for a new one',
  'fault-message-code-missing': 'Type the code that came in the message',
  'fault-email-missing': 'Type the e-mail address',
  'fault-email-malformed': 'This is not a whole address, such as name@example.ps',
  'fault-email-first': 'Add the e-mail address and prove it first',
  'fault-ageing-failures': 'Type a number from 2 to 20',
  'fault-ageing-days': 'Type a number from 0 to 90',
  'fault-letter-empty': 'Write something, or attach a file',
  'fault-too-many-letters': 'No more than {max} letters a day: go on tomorrow, or call the centre',
  'fault-bulletin-for-nobody':
    'Choose whom it is for: a quarter, a feeder, a kind of account or a debt, or add a file of numbers',
  'fault-bulletin-name-unknown': '“{name}” in braces is nothing we fill in. Take the braces away',
  'fault-bulletin-without-amount': 'A bill without an amount. Put the amount where it belongs',
  'fault-bulletin-parts': 'The message is longer than {max} parts, and each of many costs that. Shorten it',
  'fault-numbers-missing': 'No column of this file holds telephone numbers. Look at the file',
  'fault-file-not-csv': 'This is no CSV file. Open it in Excel and save it as CSV',
  'fault-nothing-picked': 'Pick one paper at least',
  'fault-text-no-such-request': 'There is no request of this number among those you may read',
  'fault-text-not-a-party':
    'This telephone is nobody’s who is a party to the request. Add it to its owner at the centre first',
  'fault-text-request-ended': 'This request has ended and takes no letters. Answer by SMS, or call',
  'fault-text-too-many-letters': 'They wrote a great deal in this request today. Answer by SMS, or call',
  'fault-letter-taken': 'This letter is another’s. Choose one that is free',
  'fault-words-empty': 'Write the text of the message',
  'fault-words-same': 'These are the words there are. Change them, or leave them',
  'fault-words-syntax':
    'A brace is not closed or holds what cannot be read. Put one of the names under the text in it',
  'fault-words-plural': '“{name}” is no count. Put it in braces by itself',
  'fault-words-variable': 'Nothing here is called “{name}”. Choose from the names under the text',
  'fault-words-private':
    '“{name}” may be about somebody other than the reader, and others may read the telephone. Take it out, and say that it stands on the portal',
  'fault-words-staff-words': '“{name}” was written by staff for staff. It is not sent to people: take it out',
  'fault-words-early': '“{name}” is not known yet when this message is sent. Take it out',
  'fault-words-needs': 'The message is of no use without “{name}”. Add it from the names under the text',
  'fault-words-too-long': 'It may take {parts} parts, and at most three are sent. Shorten it',
  'fault-words-number':
    '{number} is one person’s request, and everybody gets this text. Put the name “number” instead',
  'fault-words-telephone':
    '{number} is somebody’s mobile, and everybody gets this text. Take it out, or write the town’s telephone',
  'fault-words-identity': '{number} looks like an identity number, and everybody gets this text. Take it out',
  'fault-words-account': '{number} is one person’s account, and everybody gets this text. Take it out',
  'fault-words-lacks': 'The message does not say “{name}”. Its reader may not know what it is about',
  'fault-words-link': '{link} is none of the town’s addresses. Make sure that it is right',
  'fault-words-long-number':
    '{number} is a long number that everybody gets. Make sure that it is nobody’s own',
  'fault-words-before-others':
    'Words of this message that begin after this day were approved. Write their day or a later one',
}
