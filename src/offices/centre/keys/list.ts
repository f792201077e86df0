import { texts } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const keyTexts = texts({ ar, en })
type Key = keyof typeof ar
export type KeyPage = Key extends infer Each ? (Each extends `on-${infer Page}` ? Page : never) : never

/** Keys as `event.code` names them, by their place on the board; a run of digits as its ends. */
export type KeyUse = { codes: readonly string[]; does: Key }

const use = (does: Key, ...codes: string[]): KeyUse => ({ does, codes })

/** All keys of the working pages. Its test reads the pages and finds those that bind a key and are not here. */
export const keyPages: readonly { page: KeyPage; keys: readonly KeyUse[] }[] = [
  {
    page: 'everywhere',
    keys: [use('search', 'F2'), use('leave', 'Escape'), use('hints', 'Slash')],
  },
  { page: 'lists', keys: [use('move', 'ArrowUp', 'ArrowDown'), use('open', 'Enter'), use('pick', 'KeyX')] },
  {
    page: 'counter',
    keys: [
      use('person', 'F2'),
      use('register', 'Alt+KeyN'),
      use('service', 'F4'),
      use('scan', 'F6'),
      use('number-still', 'F7'),
      use('number-new', 'Alt+KeyP'),
      use('collect', 'F8'),
      use('print-it', 'F9'),
      use('file', 'F10'),
      use('steps', 'Alt+1…6'),
    ],
  },
  {
    page: 'turns',
    keys: [use('call-next', 'Alt+KeyC'), use('visit-end', 'Alt+KeyX'), use('slip', 'F9')],
  },
  { page: 'money', keys: [use('take', 'F8'), use('print-it', 'F9'), use('close', 'F10')] },
  { page: 'debts', keys: [use('statement', 'F9')] },
  {
    page: 'inbox',
    keys: [
      use('approve', 'KeyA'),
      use('refer', 'KeyR'),
      use('ask', 'KeyS'),
      use('opinion', 'KeyO'),
      use('defer', 'KeyZ'),
      use('boxes', '1…7'),
      use('phrase', '1…9'),
      use('send', 'Ctrl+Enter'),
    ],
  },
  {
    page: 'viewer',
    keys: [
      use('zoom-in', 'Equal'),
      use('zoom-out', 'Minus'),
      use('turn', 'KeyT'),
      use('full', 'KeyF'),
      use('note', 'KeyN'),
      use('previous', 'Comma'),
      use('next', 'Period'),
    ],
  },
  { page: 'sign', keys: [use('sign', 'KeyA')] },
  { page: 'floor', keys: [use('file-well', 'KeyA'), use('file-back', 'KeyR')] },
  { page: 'words', keys: [use('reply', 'Ctrl+Enter')] },
  { page: 'looks', keys: [use('ready-reason', '1…8'), use('send', 'Ctrl+Enter'), use('print-it', 'F9')] },
  { page: 'secrets', keys: [use('print-it', 'F9')] },
  { page: 'imports', keys: [use('apply', 'F9')] },
  { page: 'bulletins', keys: [use('bulletin-on', 'F9')] },
  {
    page: 'services',
    keys: [
      use('send', 'Ctrl+Enter'),
      use('undo', 'Ctrl+KeyZ'),
      use('redo', 'Ctrl+KeyY'),
      use('examples', 'F9'),
    ],
  },
]
