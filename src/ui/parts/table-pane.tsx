import { Empty } from './note.tsx'
import { Pane } from './pane.tsx'
import { Table, type TableProps } from './table.tsx'

export type TablePaneProps<Item> = TableProps<Item> & {
  /** What stands in its place while it has no rows: what is empty, and why or what comes next. */
  none: { title: string; why: string }
}

/** A page's table in a pane of its own, or why there is none. */
export function TablePane<Item>({ none, ...table }: TablePaneProps<Item>) {
  if (table.rows.length === 0) {
    return (
      <Empty title={none.title} level={2}>
        {none.why}
      </Empty>
    )
  }
  return (
    <Pane pad={false}>
      <Table {...table} />
    </Pane>
  )
}
