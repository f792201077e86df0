import type { ReactNode } from 'react'
import { type Money as Amount, formatFigures, minorDigits } from '../../lib/money.ts'
import { Money } from './facts.tsx'
import { FieldError, type FieldFault } from './fault.tsx'
import { say } from './say.tsx'
import { roles } from './table-roles.ts'

/** A face value and how many of it, as typed. */
export type CountRow = { name: string; face: Amount; value?: string | undefined }

export type CountTableProps = {
  id: string
  caption: ReactNode
  faceHead: ReactNode
  piecesHead: ReactNode
  totalHead: ReactNode
  rows: CountRow[]
  /** What the server made of the numbers typed; the page adds while they are typed. */
  total: Amount
  fault?: FieldFault | undefined
}

/** Notes and coins, counted by face value: one box for each, and the sum below. */
export function CountTable(props: CountTableProps) {
  const { id, caption, faceHead, piecesHead, totalHead, rows, total, fault } = props
  const digits = minorDigits[total.currency]
  return (
    <div data-count="" data-digits={digits}>
      {fault && <FieldError id={`${id}-fault`} fault={fault} />}
      <table className="t inbox" {...roles.table} aria-describedby={fault && `${id}-fault`}>
        <caption className="vh">{say(caption)}</caption>
        <thead {...roles.group}>
          <tr {...roles.row}>
            <th {...roles.columnHead}>{say(faceHead)}</th>
            <th {...roles.columnHead}>{say(piecesHead)}</th>
          </tr>
        </thead>
        <tbody {...roles.group}>
          {rows.map(({ name, face, value }) => (
            <tr key={name} {...roles.row}>
              <th {...roles.rowHead}>
                <label htmlFor={name}>
                  <bdi dir="ltr">{formatFigures(face).replace(/\.0+$/, '')}</bdi>
                </label>
              </th>
              <td {...roles.cell}>
                <input
                  className="in short"
                  id={name}
                  name={name}
                  defaultValue={value}
                  dir="ltr"
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={6}
                  data-face={face.minor}
                />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot {...roles.group}>
          <tr {...roles.row}>
            <th {...roles.rowHead}>{say(totalHead)}</th>
            <td {...roles.cell}>
              <span role="status" data-role="count-sum">
                <Money value={total} strong />
              </span>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
