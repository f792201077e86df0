import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

/** An act that wants some words first: it opens without script. */
export type BulkPart = { id: string; title: ReactNode; open: boolean; body: ReactNode }

export type BulkActsProps = {
  label: string
  hint: ReactNode
  /** Words beside the number of ticked rows, which script counts. */
  count: string
  buttons: ReactNode
  parts: BulkPart[]
}

/** What can be done to the ticked rows of a list: buttons, and acts that open to be filled in. */
export function BulkActs({ label, hint, count, buttons, parts }: BulkActsProps) {
  return (
    <fieldset className="bulk" data-bulk="">
      <legend className="vh">{label}</legend>
      <p className="sm mut bulk-hint">
        {say(hint)}{' '}
        <span hidden data-bulk-count="" aria-live="polite">
          {count} <b className="n" />
        </span>
      </p>
      <div className="row">{buttons}</div>
      {parts.map(part => (
        <details key={part.id} open={part.open} className="bulk-part">
          <summary className="sm">
            <Icon name="down" />
            <span>{say(part.title)}</span>
          </summary>
          <div className="bulk-body">{part.body}</div>
        </details>
      ))}
    </fieldset>
  )
}
