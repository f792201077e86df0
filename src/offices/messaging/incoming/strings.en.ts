import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'help-name': 'What can be texted to the town',
  help: 'Text the number of your request to know where it is, “رصيد” for what you owe, or “stop”. {list}\nEmergencies: police 100, ambulance 101, civil defence 102.',
  'not-understood-name': 'A text not understood',
  'not-understood':
    'Your text has arrived, and somebody reads it. Answered at once: the number of a request, “رصيد”, “stop”, “help”. {list}\nEmergencies: 100, 101, 102.',
  'unknown-name': 'A number that is none of this telephone’s',
  unknown:
    'We know no request or account of this number for this telephone. If it is yours, have your telephone confirmed on the portal or at the centre.',
  'locked-name': 'Many numbers that are none of this telephone’s',
  locked:
    'You sent numbers that are not this telephone’s, so no number is answered until {date} {hour}. To ask, come to the centre.',
  'too-many-name': 'Many texts from one telephone',
  'too-many':
    'Your telephone sent a great deal, and we read no more of it for now. Text in an hour, or call the town.',
  'stopped-name': 'Messages stopped',
  stopped: 'Stopped: {list}. To have them again text: start.',
  'stopped-some':
    'Stopped: {list}. Messages of your requests stay; to stop them text: stop all. To have them again text: start.',
  'stopped-some-name': 'Messages stopped, those of requests stay',
  'started-name': 'Messages again',
  started: 'Sent again: {list}. To stop them text: stop.',
  'kind-step': 'requests',
  'kind-thread': 'words of the staff',
  'kind-bill': 'bills',
  'kind-reminder': 'reminders',
  'kind-survey': 'surveys',
  'kind-awareness': 'advice',
}
