import type { ReactNode } from 'react'
import { say } from './say.tsx'

export type PickItem = {
  /** What is sent when it is picked. */
  value: string
  href: string
  title: ReactNode
  note?: ReactNode
  /** At the far end, small. */
  end?: ReactNode
  /** Why it cannot be picked; it is still read. */
  closedBecause?: ReactNode
  picked?: boolean | undefined
}

/** Things of which many are dealt with at once: each can be opened and read, and picked with a thumb. Belongs in a form. */
export function PickList({
  name,
  label,
  items,
  bar,
}: {
  name: string
  label: string
  items: PickItem[]
  /** What is done with those picked; stays at the foot of the screen. */
  bar: ReactNode
}) {
  return (
    <>
      <ul className="pane lines0 picks" aria-label={label}>
        {items.map(item => (
          <li key={item.value}>
            <label className="opt">
              <input
                type="checkbox"
                name={name}
                value={item.value}
                defaultChecked={item.picked ?? false}
                disabled={item.closedBecause !== undefined}
                aria-labelledby={`pick-${item.value}`}
              />
            </label>
            <div id={`pick-${item.value}`}>
              <a href={item.href}>{say(item.title)}</a>
              {item.note && <div className="sm mut">{say(item.note)}</div>}
              {item.closedBecause && <div className="sm stop-c">{say(item.closedBecause)}</div>}
            </div>
            {item.end && <span className="sm dim nb">{say(item.end)}</span>}
          </li>
        ))}
      </ul>
      <div className="pick-bar">{bar}</div>
    </>
  )
}
