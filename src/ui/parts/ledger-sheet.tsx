import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized } from '../words.ts'
import { say } from './say.tsx'
import { Seal } from './seal.tsx'
import { type PaperLine, paperRows } from './slip.tsx'

export type LedgerSheetProps = {
  id?: string | undefined
  title: ReactNode
  /** Under the town's name: the department. */
  place?: ReactNode
  /** At the end of the head: date or number. */
  stamp?: ReactNode
  facts: PaperLine[]
  heads: ReactNode[]
  rows: { id: string; cells: ReactNode[]; strong?: boolean | undefined }[]
  sums: PaperLine[]
  signers?: [ReactNode, ReactNode] | undefined
  foot?: ReactNode
}

/** A list of movements or instalments on A4 sheets, its head again on each of them. White in every theme. */
export function LedgerSheet(props: LedgerSheetProps) {
  const { id = 'a4', title, place, stamp, facts, heads, rows, sums, signers, foot } = props
  const { town } = usePage()
  const local = useLocalized()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone its table is moved sideways, by the keyboard too
    <article className="paper a4" id={id} aria-labelledby={`${id}-title`} tabIndex={0}>
      <header>
        <Seal />
        <div>
          <p className="p-town">{local(town.name)}</p>
          {place && <p>{say(place)}</p>}
        </div>
        <div className="endcol">
          <h2 id={`${id}-title`}>{say(title)}</h2>
          {stamp && <p>{say(stamp)}</p>}
        </div>
      </header>
      <div className="two-f">{paperRows(facts)}</div>
      <table className="pt">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={String(at)} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              {row.cells.map((cell, at) => (
                <td key={String(at)}>{row.strong ? <b>{say(cell)}</b> : say(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {paperRows(sums)}
      {signers && (
        <div className="sign">
          <div>{say(signers[0])}</div>
          <div>{say(signers[1])}</div>
        </div>
      )}
      {foot && <p className="pfoot">{say(foot)}</p>}
    </article>
  )
}
