import type { ReactNode } from 'react'
import { KeyValues } from './lists.tsx'
import { say } from './say.tsx'
import { roles } from './table-roles.ts'

export type MatrixRow = {
  id: string
  head: ReactNode /** By column; what is left out stands empty. */
  cells: Record<string, ReactNode>
}

export type MatrixProps = {
  /** What the table shows; read aloud. */
  caption: ReactNode
  /** What stands down its side. */
  side: ReactNode
  columns: readonly { id: string; head: ReactNode }[]
  rows: readonly MatrixRow[]
}

/** Everybody down, everything across. On a phone each row is a short list of what it has. */
export function Matrix({ caption, side, columns, rows }: MatrixProps) {
  return (
    <>
      <div className="only-wide">
        <table className="t" {...roles.table}>
          <caption className="vh">{say(caption)}</caption>
          <thead {...roles.group}>
            <tr {...roles.row}>
              <th {...roles.columnHead}>{say(side)}</th>
              {columns.map(({ id, head }) => (
                <th key={id} {...roles.columnHead}>
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...roles.group}>
            {rows.map(row => (
              <tr key={row.id} {...roles.row}>
                <th {...roles.rowHead}>{say(row.head)}</th>
                {columns.map(({ id }) => (
                  <td key={id} {...roles.cell} className="nb">
                    {say(row.cells[id] ?? '')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="only-narrow stack">
        {rows.map(row => (
          <section key={row.id}>
            <h3>{say(row.head)}</h3>
            <KeyValues
              pairs={columns.flatMap(({ id, head }) =>
                row.cells[id] === undefined ? [] : [{ term: head, value: row.cells[id] }],
              )}
            />
          </section>
        ))}
      </div>
    </>
  )
}
