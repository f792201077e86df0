import { Conflict } from '../../../../lib/errors.ts'
import { sumByCurrency } from '../../../../lib/money.ts'
import { Pane, type PaneProps, SumLine, useLocalized, useTexts } from '../../../../ui/index.ts'
import { type AssessedFee, assessFees } from '../../fees.ts'
import { stepsAhead } from './foresee.ts'
import type { RequestView } from './load.ts'
import { actTexts } from './strings.ts'

/** What will be asked further on, line by line as it comes out now: whoever approves the fees sees what they approve. */
export function FeesToCome({ view, order }: { view: RequestView; order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const fees = feesToCome(view)
  if (fees.length === 0) return null
  const totals = sumByCurrency(fees.map(({ amount }) => amount))
  return (
    <Pane id="fees-to-come" title={t('fees-to-come')} order={order}>
      {fees.map(({ fee, amount }) => (
        <SumLine
          key={fee.id}
          label={fee.fee.refundable ? t('fee-returned', { fee: local(fee.fee.name) }) : local(fee.fee.name)}
          value={amount}
        />
      ))}
      {fees.length > 1 &&
        totals.map(total => <SumLine key={total.currency} label={t('fees-total')} value={total} total />)}
    </Pane>
  )
}

function feesToCome(view: RequestView): AssessedFee[] {
  const { service, surroundings, request } = view
  const { charges, exemptions } = surroundings.book
  const values = surroundings.values(request.projection.stepFields)
  return stepsAhead(view).flatMap(({ feePoint }) => {
    if (!feePoint || charges.some(charge => charge.feePoint === feePoint && !charge.cancelled)) return []
    try {
      return assessFees(service, feePoint, values, exemptions)
    } catch (error) {
      // What an amount rests on is not known yet.
      if (error instanceof Conflict) return []
      throw error
    }
  })
}
