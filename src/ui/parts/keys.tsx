import { Fragment, type ReactNode } from 'react'
import { addresses } from '../../lib/addresses.ts'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

const NAMES: Record<string, string> = {
  Escape: 'Esc',
  ArrowUp: '\u2191',
  ArrowDown: '\u2193',
  Slash: '?',
  Equal: '+',
  Minus: '-',
  Comma: ',',
  Period: '.',
}

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
  const { shortcuts, url } = usePage()
  const word = useWords()
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
      <a href={url(addresses.officeKeys)}>{word('keys-all')}</a>
    </p>
  )
}

/** Keys by page, to be printed: shown to whoever turned them off as well. */
export function KeySheet({ groups }: { groups: { id: string; title: string; hints: KeyHint[] }[] }) {
  return (
    <div className="key-sheet">
      {groups.map(({ id, title, hints }) => (
        <section key={id} aria-labelledby={`keys-${id}`}>
          <h2 id={`keys-${id}`}>{say(title)}</h2>
          <dl>
            {hints.map(hint => (
              <div key={String(hint.keys)}>
                <dt>
                  {[hint.keys].flat().map(code => (
                    <kbd key={code} dir="ltr">
                      {keyName(code)}
                    </kbd>
                  ))}
                </dt>
                <dd>{say(hint.label)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
