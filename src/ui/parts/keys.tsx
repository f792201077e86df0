import { Fragment, type ReactNode } from 'react'
import { usePage } from '../page.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

const NAMES: Record<string, string> = { Escape: 'Esc', ArrowUp: '\u2191', ArrowDown: '\u2193', Slash: '?' }

/** Words of a key as it is written on it: `KeyA` is A, `Digit1` is 1. Keys are bound by place, not by letter. */
function keyName(code: string): string {
  return code
    .split('+')
    .map(part => NAMES[part] ?? part.replace(/^(Key|Digit|Numpad)/, ''))
    .join(' + ')
}

/** A key shown beside what it does. Hidden on touch screens and when the person turned shortcuts off. */
export function Key({ code }: { code: string }) {
  const { shortcuts } = usePage()
  if (shortcuts === false) return null
  return <kbd dir="ltr">{keyName(code)}</kbd>
}

export type KeyHint = {
  /** One code or several, such as `['ArrowUp', 'ArrowDown']`. */
  keys: string | string[]
  label: ReactNode
}

/** The line of keys at the foot of a working page. */
export function KeyHints({ hints, note }: { hints: KeyHint[]; note?: ReactNode }) {
  const { shortcuts } = usePage()
  if (shortcuts === false) return null
  return (
    <p className="keys mt">
      <Icon name="keyb" />
      {hints.map(hint => (
        <span key={String(hint.keys)}>
          {[hint.keys].flat().map(code => (
            <Fragment key={code}>
              <kbd dir="ltr">{keyName(code)}</kbd>
            </Fragment>
          ))}
          {say(hint.label)}
        </span>
      ))}
      {note && <span className="dim">{say(note)}</span>}
    </p>
  )
}
