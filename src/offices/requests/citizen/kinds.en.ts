import type { ar } from './kinds.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  'turn-outside': 'Your request is with {body}; we await the answer until',
  'turn-outside-after':
    'The municipality follows it, and nothing is asked of you. The clock stands until the answer comes.',
  'turn-outside-late':
    'Your request is with {body}, whose answer has not come in time. The municipality is asking them; nothing is asked of you.',
  'outside-at': 'With {body}. The municipality follows it, and nothing is asked of you.',
  'visit-title': 'The visit is appointed',
  'visit-between': 'between',
  'visit-and': 'and',
  'visit-be-there': 'Somebody must be there to open the place and show the officer what you asked for.',
  'visit-alone': 'You need not be there.',
  'visit-ready': 'Have the original at hand: {papers}.',
  'visit-change': 'If the time does not suit you, call us before it:',
  'visit-over': 'The visit was appointed for an hour that has passed. The officer is writing the report.',
  'visit-to-come': 'An officer of the town will see the place. The day and hour will be sent to you.',
  'side-given': '{office}: its opinion has come',
  'side-awaited': '{office}: its opinion is awaited',
  'side-unneeded': '{office}: its opinion is no longer needed',
  'parts-title': 'Requests filed with it',
  'parts-lead':
    'We filed them for you with what you wrote and attached; each has a number and a way of its own.',
  'part-of': 'Filed as a part of your request',
  'turn-parts': 'We wait for the requests filed with it to end.',
}
