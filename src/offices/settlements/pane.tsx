import type { ReactNode } from 'react'
import { plainDate } from '../../lib/dates.ts'
import { Money, Pane, Say, usePage } from '../../ui/index.ts'
import { useTexts } from '../../ui/words.ts'
import type { LentPane } from '../requests/index.ts'
import { type PaymentVoucher, paymentsOfRequest } from '../treasury/index.ts'
import { settlementTexts } from './strings.ts'

/** On the citizen's page of a request: the money that went back by it. */
export const paidBackPane: LentPane = async (tx, _call, request): Promise<ReactNode | undefined> => {
  const payments = await paymentsOfRequest(tx, request.id)
  return payments.length > 0 ? <PaidBack key="paid-back" payments={payments} /> : undefined
}

function PaidBack({ payments }: { payments: readonly PaymentVoucher[] }) {
  const t = useTexts(settlementTexts)
  const page = usePage()
  return (
    <Pane id="paid-back" title={t('paid-back')}>
      <ul className="lines">
        {payments.map(({ id, number, year, at, amount, way, reference }) => {
          const by = t(`way-${way}`)
          return (
            <li key={id}>
              <Money value={amount} />{' '}
              <Say>{reference === undefined ? by : t('way-numbered', { way: by, reference })}</Say>
              <small className="mut line-note">
                {t('paid-back-note', { number: `${number}/${year}`, day: plainDate(at, page.now, page) })}
              </small>
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}
