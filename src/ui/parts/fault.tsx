import type { Fault } from '../../lib/errors.ts'
import { strings } from '../strings.ts'
import { useWords, type WordKey } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

/** What is wrong with one field: a stable code, and the numbers its words need. */
export type FieldFault = Pick<Fault, 'code' | 'values'>

/** A fault with the words of its question, where the page has several that could be meant. */
export type LabelledFault = Fault & { readonly label?: string | undefined }

/**
 * Words a fault in the page's language. A fault told without its numbers gets words that need none, and an unknown code
 * still tells the person what to do: look again.
 */
export function useFaultText(): (fault: FieldFault) => string {
  const word = useWords()
  return ({ code, values = {} }) => {
    const limit = values.max ?? values.megabytes
    const filled = limit === undefined ? values : { ...values, max: limit }
    const keys = [`fault-${code}`, `fault-${code}-plain`].filter((key): key is WordKey => key in strings.ar)
    for (const key of keys) {
      const holes = strings.ar[key].match(/\{(\w+)/g) ?? []
      if (holes.every(hole => hole.slice(1) in filled)) return word(key, filled)
    }
    return word('fault-invalid')
  }
}

/** The words of a fault. */
export function FaultText({ fault }: { fault: FieldFault }) {
  const text = useFaultText()
  return <>{say(text(fault))}</>
}

/** The fault above its field. */
export function FieldError({ id, fault }: { id: string; fault: FieldFault }) {
  return (
    <p className="err" id={id}>
      <Icon name="warn" />
      <span>
        <FaultText fault={fault} />
      </span>
    </p>
  )
}

/** The first fault of a field, if it has one. */
export function faultOf(faults: readonly Fault[] | undefined, field: string): Fault | undefined {
  return faults?.find(fault => fault.field === field)
}

/** Id of the control a fault's link leads to. Dots of nested names become dashes. */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`
}

/** All faults of the page, first in `main`: read aloud, focused, each a link with the same words as at its field. */
export function ErrorSummary({ faults }: { faults: readonly LabelledFault[] | undefined }) {
  const word = useWords()
  if (!faults || faults.length === 0) return null
  return (
    <div className="errs" role="alert" aria-labelledby="faults" tabIndex={-1} data-focus="">
      <h2 id="faults">{say(word('faults-title', { count: faults.length }))}</h2>
      <ul>
        {faults.map(fault => (
          <li key={`${fault.field} ${fault.code}`}>
            <a href={`#${fieldId(fault.field)}`}>
              {fault.label && <>{say(fault.label)}: </>}
              <FaultText fault={fault} />
            </a>
          </li>
        ))}
      </ul>
      <p className="sm mut">{word('faults-kept')}</p>
    </div>
  )
}
