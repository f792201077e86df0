import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { PersonName } from './facts.tsx'
import { say } from './say.tsx'
import { Clock, type ClockState, StateBadge, type StateId } from './state.tsx'
import { roles } from './table-roles.ts'

export type InboxRow = {
  id: string
  href: string
  clock?: ClockState | undefined
  /** Shown in place of the clock where a list is not of tasks. */
  state?: StateId | undefined
  service: ReactNode
  number: string
  person: string
  /** What is wanted of the reader. */
  wanted?: ReactNode
  from?: ReactNode
  when?: ReactNode
  /** `Flag`s: papers, a message, dues. */
  flags?: ReactNode
  unread?: boolean | undefined
}

export type InboxTableProps = {
  caption: string
  rows: InboxRow[]
  /** Keys that open the chosen row with something to do: `{ KeyA: 'approve' }` leads to its address with `act=approve`. */
  acts?: Readonly<Record<string, string>> | undefined
  /** Rows can be ticked, for a form around the list; the key X ticks the chosen one. */
  pick?: { name: string; chosen: readonly string[] } | undefined
}

/** Tasks: clock, request, person, what is wanted, from whom, when, flags. One line each; on a phone an item each. */
export function InboxTable({ caption, rows, acts, pick }: InboxTableProps) {
  const word = useWords()
  const byState = rows.some(row => row.state)
  const heads = [
    word(byState ? 'inbox-state' : 'inbox-clock'),
    word('inbox-request'),
    word('inbox-person'),
    word(byState ? 'inbox-at' : 'inbox-wanted'),
    word('inbox-from'),
    word('inbox-when'),
    word('inbox-flags'),
  ]
  return (
    <table className="t fold inbox" {...roles.table} data-rows="" data-acts={acts && JSON.stringify(acts)}>
      <caption className="vh">{caption}</caption>
      <thead {...roles.group}>
        <tr {...roles.row}>
          {heads.map(head => (
            <th key={head} {...roles.columnHead}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...roles.group}>
        {rows.map(row => (
          <Line key={row.id} row={row} pick={pick} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ row, pick }: { row: InboxRow; pick: InboxTableProps['pick'] }) {
  const word = useWords()
  return (
    <tr {...roles.row} data-row={row.id} className={row.unread ? 'unread' : undefined}>
      <td {...roles.cell} className="due-cell">
        {pick && (
          <label className="pick-row">
            <input
              type="checkbox"
              name={pick.name}
              value={row.id}
              defaultChecked={pick.chosen.includes(row.id)}
              data-pick=""
            />
            <span className="vh">{word('inbox-pick', { number: row.number })}</span>
          </label>
        )}
        {row.state ? <StateBadge state={row.state} bare /> : row.clock && <Clock clock={row.clock} />}
      </td>
      <th {...roles.rowHead} className="o1">
        <a className="go" href={row.href}>
          {say(row.service)}
        </a>{' '}
        <span className="dim xs">{say(row.number)}</span>
      </th>
      <td {...roles.cell} className="o3">
        <PersonName>{row.person}</PersonName>
      </td>
      <td {...roles.cell} className="o2">
        {say(row.wanted)}
      </td>
      <td {...roles.cell} className="mut hide">
        {say(row.from)}
      </td>
      <td {...roles.cell} className="dim nb hide">
        {say(row.when)}
      </td>
      <td {...roles.cell} className="last">
        <span className="row">{row.flags}</span>
      </td>
    </tr>
  )
}
