import type { Localized } from '../../../lib/localized.ts'
import { registerWords } from '../templates/registry.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

type Key = keyof typeof ar
const named = (key: Key): Localized => ({ ar: ar[key], en: en[key] })

/** What the town answers to whoever writes to it; a town may word each otherwise. */
export const told = {
  help: registerWords('incoming.help', 'reply', {
    name: named('help-name'),
    variables: ['list'],
    body: ar.help,
  }),
  notUnderstood: registerWords('incoming.not-understood', 'reply', {
    name: named('not-understood-name'),
    variables: ['list'],
    body: ar['not-understood'],
  }),
  unknown: registerWords('incoming.unknown', 'reply', { name: named('unknown-name'), body: ar.unknown }),
  locked: registerWords('incoming.locked', 'reply', {
    name: named('locked-name'),
    variables: ['date', 'hour'],
    body: ar.locked,
  }),
  tooMany: registerWords('incoming.too-many', 'reply', {
    name: named('too-many-name'),
    body: ar['too-many'],
  }),
  stopped: registerWords('incoming.stopped', 'reply', {
    name: named('stopped-name'),
    variables: ['list'],
    body: ar.stopped,
  }),
  stoppedSome: registerWords('incoming.stopped-some', 'reply', {
    name: named('stopped-some-name'),
    variables: ['list'],
    body: ar['stopped-some'],
  }),
  started: registerWords('incoming.started', 'reply', {
    name: named('started-name'),
    variables: ['list'],
    body: ar.started,
  }),
}
