import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  subject: 'Your request {number} ({service})',
  'state-submitted': '{subject} has reached {office}; work on it has not begun.',
  'state-in-process': '{subject} is being worked on at {office}.',
  'state-in-review': '{subject} is being reviewed at {office}.',
  'state-awaiting-fee': '{subject} waits for {amount} to be paid. Pay on the portal or at the centre.',
  'state-awaiting-papers': '{subject} lacks: {papers}. Add it on the portal or at the centre.',
  'state-awaiting-answer': '{subject} waits for your answer on the portal or at the centre, before {date}.',
  'state-awaiting-answer-text':
    '{subject} waits for your answer: {question} Text 1 for yes or 2 for no, before {date}.',
  'state-awaiting-outside': '{subject} waits for {body}. We follow it up; nothing is wanted of you.',
  'state-done': '{subject} was finished on {date}.',
  'state-rejected': '{subject} was not accepted. The reason is on the portal, and you may object.',
  'state-withdrawn': '{subject} was withdrawn on {date}.',
  promised: 'It is due {date}.',
  late: 'It is late, due {date}; we follow it up.',
  visit: 'The visit is on {date}, {hour}.',
  'what-remains-name': 'What remains after the work',
  'what-remains': '{number} is back with the office. Text us what is still wrong.',
  'answer-there-name': 'An answer a text is too short for',
  'answer-there': 'Your answer on {number} needs more. Complete it on the portal or call the centre.',
  'came-name': 'A citizen’s text has reached their request',
  came: 'Your words are with your request {number}; the officer reads them.',
  'said-no': 'No; nothing more was written yet (answered by text).',
  'answer-by-text': 'Or answer by text: 1 for yes, 2 for no.',
}
