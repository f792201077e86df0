import type { ReactNode } from 'react'
import { FieldError, type FieldFault } from './fault.tsx'
import { say } from './say.tsx'

/** Fields beside each other, as many as there is room for. */
export function Beside({ children }: { children: ReactNode }) {
  return <div className="beside">{children}</div>
}

/** What is filled in as one sentence: «question, test, value», in a line that wraps. */
export function SentenceLine({ children }: { children: ReactNode }) {
  return <div className="sentence">{children}</div>
}

/** A part of a sentence that keeps its width: a word between, a button. */
export function Fixed({ children }: { children: ReactNode }) {
  return <span className="fix">{children}</span>
}

/** Sentences that belong together. */
export function Sentences({ children }: { children: ReactNode }) {
  return <div className="sentences">{children}</div>
}

/** A rule asked for in sentences, with its words and the way to its formula. */
export function RuleField({ id, legend, children }: { id: string; legend: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="f rule-f" id={id} data-shape={id} tabIndex={-1}>
      <legend>{say(legend)}</legend>
      {children}
    </fieldset>
  )
}

/** Opens without script: the formula behind a sentence, or what is seldom needed. */
export function Fold({
  kind,
  title,
  open,
  children,
}: {
  kind: 'formula' | 'rare'
  title: ReactNode
  open?: boolean | undefined
  children: ReactNode
}) {
  return (
    <details className={kind} open={open}>
      <summary>{say(title)}</summary>
      {children}
    </details>
  )
}

/** A formula as it is written. The script shows what is wrong with it while it is typed. */
export function FormulaBox({
  name,
  value,
  label,
  checkAt,
  children,
}: {
  name: string
  value: string
  label: string
  checkAt?: string | undefined
  children?: ReactNode
}) {
  return (
    <>
      <textarea
        className="in"
        name={name}
        rows={2}
        defaultValue={value}
        aria-label={label}
        spellCheck={false}
        dir="ltr"
        data-check={checkAt}
      />
      <div data-check-answer="" role="status">
        {children}
      </div>
    </>
  )
}

/** Several to tick, in lines that wrap; for short words. */
export function Ticks({
  name,
  legend,
  hint,
  options,
  values,
  id,
  fault,
}: {
  name: string
  legend: ReactNode
  hint?: ReactNode
  options: { value: string; label: string }[]
  values: readonly string[]
  id: string
  fault?: FieldFault | undefined
}) {
  const faultId = `${id}-fault`
  return (
    <fieldset className="f" id={id} tabIndex={-1} aria-describedby={fault && faultId}>
      <legend>{say(legend)}</legend>
      {fault && <FieldError id={faultId} fault={fault} />}
      {hint && <p className="hint">{say(hint)}</p>}
      <div className="pins-f">
        {options.map(option => (
          <label key={option.value}>
            <input
              type="checkbox"
              name={name}
              value={option.value}
              defaultChecked={values.includes(option.value)}
            />
            <span>{say(option.label)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One thing to tick, in its own line. */
export function Tick({ name, label, checked }: { name: string; label: ReactNode; checked: boolean }) {
  return (
    <div className="f tight pins-f">
      <label>
        <input type="checkbox" name={name} value="yes" defaultChecked={checked} />
        <span>{say(label)}</span>
      </label>
    </div>
  )
}

/** Names that a text is filled in with; a press puts one in at the cursor, and without script they are read and typed. */
export function NameChips({ into, label, names }: { into: string; label: string; names: readonly string[] }) {
  return (
    <fieldset className="names" aria-label={label} data-insert-into={into}>
      {names.map(name => (
        <button key={name} type="button" className="var" data-insert={`{${name}}`}>
          {`{${name}}`}
        </button>
      ))}
    </fieldset>
  )
}

/** The buttons that change a list's order, and the mark by which it is dragged. */
export function OrderButtons({
  id,
  up,
  down,
  labels,
}: {
  id: string
  up: boolean
  down: boolean
  labels: { up: string; down: string }
}) {
  return (
    <span className="order">
      <button
        type="submit"
        name="do"
        value={`up:${id}`}
        aria-label={labels.up}
        title={labels.up}
        disabled={!up}
      >
        {'▲'}
      </button>
      <button
        type="submit"
        name="do"
        value={`down:${id}`}
        aria-label={labels.down}
        title={labels.down}
        disabled={!down}
      >
        {'▼'}
      </button>
    </span>
  )
}

/** A list one of which is opened beside it; its items can be dragged where a script runs. */
export function PickIn({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="pick-in" aria-label={label} data-drag-list="">
      {children}
    </ul>
  )
}

/** One item of such a list. */
export function PickInItem({
  id,
  on,
  order,
  children,
}: {
  id: string
  on?: boolean | undefined
  order?: ReactNode
  children: ReactNode
}) {
  return (
    <li className={on ? 'on' : undefined} data-drag={id}>
      <div>{children}</div>
      {order}
    </li>
  )
}

/** Where something new is named, at the foot of its list. */
export function AddForm({ children }: { children: ReactNode }) {
  return <div className="add-f">{children}</div>
}
