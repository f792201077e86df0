import type { ReactNode } from 'react'
import { say } from './say.tsx'

export type VisitBarProps = {
  /** The number that was called, large. */
  turn?: ReactNode
  title: ReactNode
  sub?: ReactNode
  acts: ReactNode
}

/** One line at the top of a counter page: who is at the window, and what is done next with the queue. */
export function VisitBar({ turn, title, sub, acts }: VisitBarProps) {
  return (
    <div className="visit-bar">
      {turn && <b className="visit-turn">{say(turn)}</b>}
      <p>
        <b>{say(title)}</b>
        {sub && <small>{say(sub)}</small>}
      </p>
      <div className="acts push">{acts}</div>
    </div>
  )
}
