import type { ReactNode } from 'react'
import { type Money as Amount, formatFigures, minorDigits, toDecimal } from '../../lib/money.ts'
import { useWords } from '../words.ts'
import { SegmentField } from './choice-fields.tsx'
import { SumLine, type SumLineProps } from './dues.tsx'
import { Money } from './facts.tsx'
import type { FieldFault } from './fault.tsx'
import { Pane } from './pane.tsx'
import { TextField } from './text-fields.tsx'

export type FeeGateProps = {
  id: string
  title: ReactNode
  step?: { number: number; state: 'now' | 'met' | 'waiting' } | undefined
  lines: SumLineProps[]
  /** What must be taken, in the currency of the till. */
  total: Amount
  tenders: { value: string; label: ReactNode }[]
  tender?: string | undefined
  /** As typed by the clerk. */
  received?: string | undefined
  /** Computed by the server when `received` was read; the page computes it while it is typed. */
  change?: Amount | undefined
  fault?: FieldFault | undefined
  /** Other ways to pay, folded away. */
  more?: ReactNode
  /** The button that collects. */
  action: ReactNode
  /** The way to an exception by name, below. */
  exception?: ReactNode
}

/** The one honey frame at the counter: what must be paid, how, what was received, what goes back. */
export function FeeGate(props: FeeGateProps) {
  const { id, title, step, lines, total, tenders, tender, received, change, fault, more, action, exception } =
    props
  const word = useWords()
  return (
    <Pane id={id} title={title} step={step} tone="honey">
      <div data-change="" data-total={toDecimal(total)} data-digits={minorDigits[total.currency]}>
        {lines.map((line, place) => (
          <SumLine key={String(place)} {...line} />
        ))}
        <SumLine label={word('gate-due')} value={total} total />
        {tenders.length > 1 ? (
          <SegmentField
            name="tender"
            label={word('gate-tender')}
            options={tenders}
            value={tender ?? tenders[0]?.value}
            tight
            hook="tender"
          />
        ) : (
          <input type="hidden" name="tender" value={tender ?? tenders[0]?.value} />
        )}
        <div className="two-f">
          <TextField
            name="received"
            label={word('gate-received')}
            value={received ?? formatFigures(total)}
            fault={fault}
            ltr
            inputMode="decimal"
            hook="received"
            tight
          />
          <div>
            <span className="lbl">{word('gate-change')}</span>
            <p className="big-sum" role="status" data-role="change">
              <Money value={change ?? { minor: 0, currency: total.currency }} />
            </p>
          </div>
        </div>
      </div>
      {more}
      {action}
      {exception && <p className="sm mt-s">{exception}</p>}
    </Pane>
  )
}
