import type { ReactNode } from 'react'
import { say } from './say.tsx'
import { roles } from './table-roles.ts'

export type Column<Item> = {
  id: string
  head: ReactNode
  cell: (item: Item) => ReactNode
  /** What becomes of it on a phone: a line of its own, the far end of a line, or left out. */
  phone?: 'line' | 'end' | 'hide' | undefined
  dim?: boolean | undefined
  /** Keeps what is in it in one line. */
  tight?: boolean | undefined
  /** Names its row to a screen reader. */
  heads?: boolean | undefined
}

export type TableProps<Item> = {
  /** What the table shows; read aloud, seen only with `captionShown`. */
  caption: ReactNode
  captionShown?: boolean | undefined
  columns: Column<Item>[]
  rows: readonly Item[]
  rowId: (item: Item) => string
  /** Sums under their columns, by column id. */
  foot?: Partial<Record<string, ReactNode>> | undefined
  /** On a phone rows become items; off for narrow tables that fit. */
  fold?: boolean | undefined
}

const PHONE = { line: 'w', end: 'last', hide: 'hide', none: '' }

/**
 * A table for comparing. On a phone its rows fold into items; the roles in the markup keep it a table to a screen
 * reader, which a change of `display` would take away.
 */
export function Table<Item>(props: TableProps<Item>) {
  const { caption, captionShown, columns, rows, rowId, foot, fold = true } = props
  return (
    <table className={fold ? 't fold' : 't'} {...roles.table}>
      <caption className={captionShown ? undefined : 'vh'}>{say(caption)}</caption>
      <thead {...roles.group}>
        <tr {...roles.row}>
          {columns.map(column => (
            <th key={column.id} {...roles.columnHead}>
              {say(column.head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...roles.group}>
        {rows.map(row => (
          <tr key={rowId(row)} {...roles.row}>
            {columns.map(column => (
              <Cell key={column.id} column={column} item={row} />
            ))}
          </tr>
        ))}
      </tbody>
      {foot && (
        <tfoot {...roles.group}>
          <tr {...roles.row}>
            {columns.map(column => (
              <td key={column.id} {...roles.cell}>
                {say(foot[column.id])}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Cell<Item>({ column, item }: { column: Column<Item>; item: Item }) {
  const className =
    [PHONE[column.phone ?? 'none'], column.dim && 'dim', column.tight && 'nb'].filter(Boolean).join(' ') ||
    undefined
  const content = say(column.cell(item))
  if (!column.heads) {
    return (
      <td {...roles.cell} className={className}>
        {content}
      </td>
    )
  }
  return (
    <th {...roles.rowHead} className={className}>
      {content}
    </th>
  )
}
