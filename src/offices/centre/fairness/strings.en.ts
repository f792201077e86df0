import type { ar } from './strings.ar.ts'

/** Words of the queue's fairness. */
export const en: Record<keyof typeof ar, string> = {
  title: 'Fairness of the queue',
  intro:
    'Whoever came first is served first. Here, for each service, is how many requests were done and how many of them went before an earlier one. It is counted each night from the record itself; nobody writes it by hand.',
  none: 'Nothing was done in this time, or nothing is counted yet. It is counted each night.',
  since: 'Since {date}. Counted {counted}.',
  total: 'All',
  service: 'Service',
  served: 'Done',
  unreasoned: 'Went before, no reason',
  reasoned: 'Went before, with a reason',
  waited: 'Earlier one waited for its applicant',
  'figure-unreasoned': 'went before others without a written reason',
  'figure-reasoned': 'went before others with a written reason',
  'figure-waited': 'went before one that waited for its applicant',
  'figure-of': 'of {served} requests done, {share}%',
  how: 'How it is counted',
  'how-overtaking':
    'A request went before another: it was done while one of the same service that was filed earlier was not.',
  'how-reasoned':
    'With a written reason: somebody responsible wrote why, and the words are kept in the sealed log.',
  'how-waited':
    'The earlier one waited for its applicant: something was missing and was asked for, so its time stood still.',
}
