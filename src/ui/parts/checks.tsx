import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

/** What became of one thing on a list of things to have. */
export type CheckState = 'ok' | 'now' | 'warn' | 'missing' | 'waiting' | 'not-needed'

const LOOK: Record<CheckState, { icon: IconName; colour: string }> = {
  ok: { icon: 'ok', colour: 'ok-c' },
  now: { icon: 'scan', colour: 'glass-c' },
  warn: { icon: 'warn', colour: 'warn-c' },
  missing: { icon: 'gap', colour: 'stop-c' },
  waiting: { icon: 'doc', colour: 'dim' },
  'not-needed': { icon: 'minus', colour: 'dim' },
}

export type CheckItem = {
  id: string
  state: CheckState
  icon?: IconName | undefined
  title: ReactNode
  /** A short word beside the title, in a frame. */
  tag?: ReactNode
  note?: ReactNode
  /** What can be done with it, at the far end. */
  action?: ReactNode
}

/** A list of things to have, with the fate of each: papers at the counter, checks of a service. */
export function CheckList({ items, label }: { items: CheckItem[]; label?: string | undefined }) {
  const word = useWords()
  return (
    <ul className="check" aria-label={label}>
      {items.map(item => {
        const look = LOOK[item.state]
        return (
          <li
            key={item.id}
            className={item.state === 'now' ? 'on' : item.state === 'not-needed' ? 'dim' : undefined}
          >
            <span className={look.colour}>
              <Icon name={item.icon ?? look.icon} label={word(`check-${item.state}`)} />
            </span>
            <div>
              <span className={item.state === 'not-needed' ? undefined : 'strong'}>{say(item.title)}</span>
              {item.tag && (
                <>
                  {' '}
                  <span className="tag">{say(item.tag)}</span>
                </>
              )}
              {item.note && <small>{say(item.note)}</small>}
            </div>
            <span>{item.action}</span>
          </li>
        )
      })}
    </ul>
  )
}

export type PaperItem = {
  id: string
  title: ReactNode
  note?: ReactNode
  tag?: ReactNode
  known?: boolean | undefined
}

/** Papers a service asks for. What the town knows itself stands among them with a tick and is not asked. */
export function PaperList({ papers }: { papers: PaperItem[] }) {
  return (
    <ul className="papers">
      {papers.map(paper => (
        <li key={paper.id} className={paper.known ? 'ok' : undefined}>
          <Icon name={paper.known ? 'ok' : 'doc'} />
          <div>
            <b>{say(paper.title)}</b>
            {paper.tag && (
              <>
                {' '}
                <span className="tag">{say(paper.tag)}</span>
              </>
            )}
            {paper.note && <p>{say(paper.note)}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
