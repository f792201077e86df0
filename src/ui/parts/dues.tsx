import type { ReactNode } from 'react'
import { type Money as Amount, sumByCurrency } from '../../lib/money.ts'
import { useWords } from '../words.ts'
import { Money } from './facts.tsx'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

export type DueLine = {
  id: string
  /** Kind of due: water, waste, licence. */
  kind: ReactNode
  note?: ReactNode
  /** Absent when nothing is owed. */
  amount?: Amount | undefined
}

/** What the rule of a service says of dues, in words with its reason. */
export type DuesVerdict = 'clear' | 'warn' | 'hold'

export type RuleProps = { verdict: DuesVerdict; title: ReactNode; children?: ReactNode }

/** The box of a rule: what follows, and why. */
export function RuleBox({ verdict, title, children }: RuleProps) {
  const className = { clear: 'rule', warn: 'rule warn', hold: 'rule hold' }[verdict]
  const icon = { clear: 'check', warn: 'info', hold: 'pause' } as const
  return (
    <div className={className}>
      <b>
        <Icon name={icon[verdict]} />
        <span>{say(title)}</span>
      </b>
      {children && <p className="sm">{say(children)}</p>}
    </div>
  )
}

export type DuesPanelProps = {
  lines: DueLine[]
  rule?: RuleProps | undefined
  /** The ways out, as radio cards. */
  ways?: ReactNode
  outcome?: RuleProps | undefined
}

/** Dues at the counter: amounts, the rule in words, the ways out, the outcome. Put it in a `Pane` without padding. */
export function DuesPanel({ lines, rule, ways, outcome }: DuesPanelProps) {
  const word = useWords()
  const owed = lines.flatMap(line => line.amount ?? [])
  return (
    <>
      <table className="t">
        <caption className="vh">{word('dues')}</caption>
        <tbody>
          {lines.map(line => (
            <tr key={line.id}>
              <th scope="row" className="plain">
                {say(line.kind)} {line.note && <span className="dim xs">{say(line.note)}</span>}
              </th>
              <td className="nb">
                {line.amount ? (
                  <Money value={line.amount} />
                ) : (
                  <span className="ok-c">{word('dues-none')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {sumByCurrency(owed).map((sum, place) => (
            <tr key={sum.currency}>
              <th scope="row">
                {place === 0 ? word('dues-total') : <span className="vh">{word('dues-total')}</span>}
              </th>
              <td className="nb">
                <Money value={sum} />
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
      {rule && <RuleBox {...rule} />}
      {ways && <div className="pad ways">{ways}</div>}
      {outcome && <RuleBox {...outcome} />}
    </>
  )
}

/** Dues as the citizen reads them: a line each, then one sum for each currency. */
export function DuesList({ lines }: { lines: DueLine[] }) {
  const word = useWords()
  const sums = sumByCurrency(lines.flatMap(line => line.amount ?? []))
  return (
    <>
      <ul className="owed">
        {lines.map(line => (
          <li key={line.id}>
            <span>
              <b>{say(line.kind)}</b>
              {line.note && <small>{say(line.note)}</small>}
            </span>
            {line.amount ? (
              <Money value={line.amount} strong />
            ) : (
              <span className="ok-c nb">{word('dues-none')}</span>
            )}
          </li>
        ))}
      </ul>
      {sums.length > 0 && (
        <div className="owed-sum">
          <p className="sm mut">{word(sums.length > 1 ? 'dues-total-each' : 'dues-total')}</p>
          {sums.map(sum => (
            <p className="big-sum" key={sum.currency}>
              <Money value={sum} />
            </p>
          ))}
        </div>
      )}
    </>
  )
}

export type SumLineProps = {
  label: ReactNode
  value?: Amount | undefined
  children?: ReactNode
  dim?: boolean | undefined
  total?: boolean | undefined
}

/** A line of a bill: words, and the amount at the far end. */
export function SumLine({ label, value, children, dim, total }: SumLineProps) {
  return (
    <p className={`sumline${total ? ' tot' : ''}${dim ? ' sm mut' : ''}`}>
      <span>{say(label)}</span>
      {value ? <Money value={value} /> : <span>{children}</span>}
    </p>
  )
}
