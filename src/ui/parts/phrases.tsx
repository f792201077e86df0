import { useWords } from '../words.ts'
import { fieldId } from './fault.tsx'
import { Icon } from './icon.tsx'
import { Key } from './keys.tsx'

/** A phrase that can be put into a note: its words as they would be written. */
export type Phrase = { id: string; text: string }

/**
 * Ready phrases beside a field of several lines. With script each is a button, and its number key puts it at the cursor; without, one is
 * chosen in a list and goes before what is typed when the form is sent.
 */
export function Phrases({
  phrases,
  field,
  name,
  value,
  manage,
  unkeyed,
}: {
  phrases: Phrase[]
  /** Name of the field they are put into. */
  field: string
  /** Name under which the chosen one is sent, without script. */
  name: string
  value?: string | undefined
  /** Where they are kept. */
  manage: string
  /** Without number keys, where another field of the page has them. */
  unkeyed?: boolean | undefined
}) {
  const word = useWords()
  if (phrases.length === 0) {
    return (
      <p className="sm phrases-begin">
        <a href={manage}>{word('phrases-begin')}</a>
      </p>
    )
  }
  return (
    <div className="phrases" data-phrases={fieldId(field)}>
      <div className="f tight" data-noscript="">
        <label htmlFor={fieldId(name)}>{word('phrases-label')}</label>
        <span className="pick">
          <select className="in" id={fieldId(name)} name={name} defaultValue={value ?? ''}>
            <option value="">{word('phrases-none')}</option>
            {phrases.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      </div>
      <ul className="phrase-list" hidden data-withscript="" aria-label={word('phrases-label')}>
        {phrases.map(({ id, text }, place) => (
          <li key={id}>
            <button
              type="button"
              className="phrase"
              data-phrase={text}
              data-key={place < 9 && !unkeyed ? `Digit${place + 1}` : undefined}
            >
              {place < 9 && !unkeyed && <Key code={`Digit${place + 1}`} />}
              <bdi>{text}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <p className="xs">
        <a href={manage}>{word('phrases-manage')}</a>
      </p>
    </div>
  )
}
