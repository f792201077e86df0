import { addresses } from '../../../lib/addresses.ts'
import { plainDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { currencyWord, formatMoney, sumByCurrency } from '../../../lib/money.ts'
import {
  Button,
  CitizenLayout,
  Columns,
  Crumbs,
  Empty,
  Form,
  faultOf,
  Head,
  HowLink,
  LinkButton,
  MultipleField,
  Note,
  Pane,
  Stack,
  useLocalized,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { orFaults } from '../../../web/refused.ts'
import { findBank } from '../bank/settings.ts'
import { beginPayment, type Payable, payableBy } from '../begin.ts'
import type { Intent } from '../model.ts'
import { intentsOf } from '../store.ts'
import { payText, payTexts } from '../strings.ts'
import { payerOf } from './payer.ts'

type View = {
  open: boolean
  payable: Payable[]
  underWay: Intent[]
  chosen: string[]
  requestId: string | undefined
  faults?: Fault[] | undefined
}

/** GET: what may be paid here; of one request, or one charge, where the link said so. */
export async function showChoose(call: Call, faults?: Fault[]): Promise<Response> {
  const personId = payerOf(call)
  const asked = call.query.request ?? typedText(call, 'request')
  const requestId = isId(asked) ? asked : undefined
  const view = await read(call, async (tx): Promise<View> => {
    const payable = await payableBy(tx, call, personId, requestId)
    const only = call.query.charge
    const chosen = faults ? typedList(call, 'charges') : payable.map(each => each.chargeId)
    return {
      open: (await findBank(tx, call)) !== undefined,
      payable,
      underWay: (await intentsOf(tx, personId)).filter(
        each => each.state === 'open' && each.expiresAt > call.now,
      ),
      chosen: only && !faults ? chosen.filter(id => id === only) : chosen,
      requestId,
      faults,
    }
  })
  return showPage(call, <ChoosePage {...view} />, faults ? 422 : 200)
}

/** POST: begins to pay what was chosen. */
export async function begin(call: Call): Promise<Response> {
  const personId = payerOf(call)
  const request = typedText(call, 'request')
  const { answer, faults } = await orFaults('charges', () =>
    write(call, async tx => {
      const of = { personId, chargeIds: typedList(call, 'charges').filter(isId) }
      const id = await beginPayment(tx, call, { ...of, requestId: isId(request) ? request : undefined })
      return { redirect: url(call, addresses.myPayment, { id }) }
    }),
  )
  return answer ?? showChoose(call, faults)
}

function ChoosePage({ open, payable, underWay, chosen, requestId, faults }: View) {
  const t = useTexts(payTexts)
  const page = usePage()
  const currencies = sumByCurrency(payable.map(each => each.open)).map(sum => sum.currency)
  return (
    <CitizenLayout title={t('pay-title')} unlisted faults={faults}>
      <Crumbs links={[{ label: t('back-dues'), href: page.url(addresses.myDues) }]} />
      <Head title={t('pay-title')} sub={t('pay-sub')} />
      <HowLink topic="pay" />
      <Columns side={underWay.length > 0 && <UnderWay intents={underWay} />}>
        {!open ? (
          <Empty level={2} title={t('pay-closed')}>
            {t('pay-closed-next')}
          </Empty>
        ) : payable.length === 0 ? (
          <Empty
            level={2}
            title={t('pay-nothing')}
            action={<LinkButton href={page.url(addresses.myDues)}>{t('back-dues')}</LinkButton>}
          >
            {t('pay-nothing-next')}
          </Empty>
        ) : (
          <Stack>
            {currencies.length > 1 && <Note>{t('pay-other-currency')}</Note>}
            {currencies.map((currency, at) => (
              <Pane
                key={currency}
                id={`pay-${currency}`}
                title={
                  currencies.length > 1
                    ? t('pay-each', { currency: currencyWord(currency, page.locale) })
                    : t('pay-choose')
                }
              >
                <Form action={page.url(addresses.myPay)} hidden={{ request: requestId }}>
                  <Charges
                    payable={payable.filter(each => each.open.currency === currency)}
                    chosen={chosen}
                    fault={at === 0 ? faultOf(faults, 'charges') : undefined}
                  />
                  <Button iconEnd="fwd" variant={at === 0 ? 'main' : 'quiet'}>
                    {t('pay-verb')}
                  </Button>
                </Form>
              </Pane>
            ))}
          </Stack>
        )}
      </Columns>
    </CitizenLayout>
  )
}

function Charges({
  payable,
  chosen,
  fault,
}: {
  payable: Payable[]
  chosen: string[]
  fault: Fault | undefined
}) {
  const t = useTexts(payTexts)
  const page = usePage()
  const local = useLocalized()
  const note = (due: Payable): string =>
    [
      t('pay-account', { number: due.accountNumber }),
      t(due.overdue ? 'pay-due-since' : 'pay-due', { date: plainDate(due.dueOn, page.now, page) }),
      due.source === 'imported' && due.asOf && t('pay-as-of', { date: plainDate(due.asOf, page.now, page) }),
    ]
      .filter(part => part)
      .join(' · ')
  return (
    <MultipleField
      name="charges"
      label={t('pay-choose')}
      labelHidden
      fault={fault}
      values={chosen}
      options={payable.map(due => ({
        value: due.chargeId,
        label: `${local(due.label)}: ${formatMoney(due.open, page.locale)}`,
        hint: note(due),
      }))}
    />
  )
}

/** Payments that were begun and not ended, to be taken up again rather than begun twice. */
function UnderWay({ intents }: { intents: Intent[] }) {
  const t = useTexts(payTexts)
  const page = usePage()
  return (
    <Pane id="under-way" title={t('under-way')} icon="clock">
      <ul className="lines">
        {intents.map(intent => (
          <li key={intent.id}>
            <a href={page.url(addresses.myPayment, { id: intent.id })}>
              {payText(page.locale, 'under-way-link', {
                amount: formatMoney(intent.amount, page.locale),
                date: plainDate(intent.createdAt, page.now, page),
              })}
            </a>
          </li>
        ))}
      </ul>
    </Pane>
  )
}
