import type { ReactNode } from 'react'
import { plainDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import { currencyWord } from '../../../lib/money.ts'
import {
  Button,
  FeeGate,
  faultOf,
  type SumLineProps,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { counterTexts } from '../strings.ts'
import { OtherTenders } from '../tenders/fields.tsx'
import type { Typed } from '../tenders/handed.ts'
import type { Bill } from '../till.ts'
import { dueWords } from './due.ts'

type Props = {
  bill: Bill
  title: ReactNode
  step?: { number: number; state: 'now' } | undefined
  /** The cash that was typed in. */
  received: string | undefined
  typed: Typed
  faults: readonly Fault[]
  /** What the button says to a form of several. */
  order?: { name: string; value: string } | undefined
}

/** Where a bill is paid, by cash or in other ways; inside a form. What was due as it was shown goes with it. */
export function BillGate({ bill, title, step, received, typed, faults, order }: Props) {
  const t = useTexts(counterTexts)
  const { locale } = usePage()
  const { currency } = bill.due
  return (
    <>
      <input type="hidden" name="due" value={dueWords(bill)} />
      <FeeGate
        id="fee"
        title={title}
        step={step}
        received={received}
        lines={useBillLines(bill)}
        total={bill.due}
        tenders={[{ value: 'cash', label: t('cash', { currency: currencyWord(currency, locale) }) }]}
        fault={faultOf(faults, 'received')}
        more={
          <OtherTenders currency={currency} rates={[...bill.exchange.keys()]} typed={typed} faults={faults} />
        }
        action={
          <Button big full icon="receipt" hotkey="F8" {...order}>
            {t('collect')}
          </Button>
        }
      />
    </>
  )
}

/** The lines of a bill: each fee in its own currency, and under it the same in the till's with the rate. */
export function useBillLines(bill: Bill): SumLineProps[] {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const page = usePage()
  const lines = bill.lines.flatMap((line): SumLineProps[] => [
    { label: local(line.label), value: line.amount },
    ...(line.rate
      ? [
          {
            label: t('rate-of', {
              rate: fourPlaces(line.rate.rate.toString()),
              date: plainDate(line.rate.from, page.now, page),
            }),
            value: line.paid,
            dim: true,
          },
        ]
      : []),
  ])
  const rounded = bill.rounding.minor !== 0 ? [{ label: t('rounding'), value: bill.rounding, dim: true }] : []
  return [...lines, ...rounded]
}

/** Four decimals at least, as rates are read: 5.1000. */
function fourPlaces(rate: string): string {
  const [whole = '', fraction = ''] = rate.split('.')
  return `${whole}.${fraction.padEnd(4, '0')}`
}
