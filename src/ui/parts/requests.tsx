import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'
import { Pips, StateBadge, type StateId, stateLooks } from './state.tsx'

export type RequestRow = {
  id: string
  href: string
  service: ReactNode
  number: string
  state: StateId
  /** Where it stands on its way; left out once it is done. */
  step?: { at: number; of: number } | undefined
  /** With whom, since when, expected when; or the reason, or how long it is valid. */
  note?: ReactNode
  /** A link or a quiet button at the far end. */
  action?: ReactNode
}

/** A citizen's requests: what, where it stands, with whom. */
export function RequestList({ rows }: { rows: RequestRow[] }) {
  const word = useWords()
  return (
    <ul className="pane lines0">
      {rows.map(row => (
        <li className="req" key={row.id}>
          <h3>
            <a href={row.href}>{say(row.service)}</a>
          </h3>
          <p className="row">
            <StateBadge state={row.state} />
            <span className="sm dim">{say(word('request-number', { number: row.number }))}</span>
          </p>
          <div className="sm mut">
            {row.step && <Pips step={row.step.at} of={row.step.of} state={row.state} />}
            {row.step && row.note && row.state !== 'done' ? ': ' : ' '}
            {say(row.note)}
          </div>
          {row.action && <div className="side">{row.action}</div>}
        </li>
      ))}
    </ul>
  )
}

export type CallItem = {
  id: string
  state: StateId
  title: ReactNode
  note?: ReactNode
  action: ReactNode
  icon?: IconName | undefined
}

/** What waits for the reader, each with the one thing to do. */
export function CallList({ items }: { items: CallItem[] }) {
  const word = useWords()
  return (
    <ul className="pane lines0">
      {items.map(item => (
        <li key={item.id} className={`call ${CALL[item.state] ?? ''}`}>
          <div>
            <Icon name={item.icon ?? stateLooks[item.state].icon} />
            <p className="who-waits">{word(`state-${item.state}`)}</p>
            <h3>{say(item.title)}</h3>
            {item.note && <div className="sm mut">{say(item.note)}</div>}
          </div>
          {item.action}
        </li>
      ))}
    </ul>
  )
}

const CALL: Partial<Record<StateId, string>> = {
  'awaiting-papers': 'stop',
  'awaiting-fee': 'fee',
  'awaiting-answer': 'fee',
}

/** The reader's first task, above the figures of a day. */
export function CallPane({
  icon,
  title,
  level = 2,
  children,
  action,
}: {
  icon: IconName
  title: ReactNode
  level?: 2 | 3 | undefined
  children?: ReactNode
  action: ReactNode
}) {
  const Title = `h${level}` as const
  return (
    <section className="pane call">
      <div>
        <Icon name={icon} />
        <Title>{say(title)}</Title>
        {children && <div className="mut sm">{say(children)}</div>}
      </div>
      {action}
    </section>
  )
}
