import { addresses } from '../../../lib/addresses.ts'
import { plainDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import { currencyWord, formatMoney } from '../../../lib/money.ts'
import {
  Button,
  Crumbs,
  Empty,
  Form,
  faultOf,
  Head,
  KeyHints,
  LinkButton,
  MoneyField,
  MultipleField,
  Note,
  Pane,
  Segments,
  SelectField,
  Stack,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { BillGate } from '../case/bill-gate.tsx'
import { CounterLayout } from '../layout.tsx'
import { type CounterText, counterTexts } from '../strings.ts'
import { OpenTill } from '../tenders/fields.tsx'
import { type Bill, isBill } from '../till.ts'
import { type Asked, boxesOf } from './asked.ts'
import type { Payable } from './pay.tsx'
import { payTexts } from './strings.ts'

type Props = {
  of: Payable
  asked: Asked
  faults: Fault[]
  refusal: CounterText | undefined
  typed: (name: string) => string
}

/** One page for money without a request: what is paid at the reading side, the money beside it. */
export function PayPage(props: Props) {
  const { of, faults, refusal, asked } = props
  const t = useTexts(payTexts)
  const word = useTexts(counterTexts)
  const { url, locale } = usePage()
  const { person, ways, payIn, bill } = of
  const title = t('title', { name: person.displayName })
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs
        links={[
          { label: word('counter'), href: url(addresses.counter) },
          asked.draft === ''
            ? { label: t('person'), href: url(addresses.counterPerson, { person: person.id }) }
            : { label: t('back-to-case'), href: url(addresses.counterDraft, { draft: asked.draft }) },
        ]}
      />
      <Head title={title} />
      {refusal && (
        <div className="flash">
          <Note tone="sumac">{word(refusal)}</Note>
        </div>
      )}
      <Zones kind="half">
        <What {...props} />
        <Stack>
          {ways.length > 1 && (
            <Segments
              label={word('pay-in')}
              links={ways.map(currency => ({
                label: currencyWord(currency, locale),
                href: url(addresses.counterPay, { person: person.id }, { ...boxesOf(asked), in: currency }),
                current: currency === payIn,
              }))}
            />
          )}
          {isBill(bill) ? (
            <Gate {...props} bill={bill} />
          ) : (
            <Note tone="honey">
              {word('refused-no-exchange-rate', { currency: currencyWord(bill.missingRate, locale) })}
            </Note>
          )}
        </Stack>
      </Zones>
      <KeyHints
        hints={[
          { keys: 'F8', label: word('key-collect') },
          { keys: 'F2', label: word('key-search') },
        ]}
      />
    </CounterLayout>
  )
}

function What({ of, asked, faults }: Props) {
  const t = useTexts(payTexts)
  const local = useLocalized()
  const page = usePage()
  const { person, dues, accounts, payIn } = of
  if (dues.length === 0 && accounts.length === 0)
    return (
      <Empty
        title={t('what-none-account')}
        level={2}
        action={
          <LinkButton href={page.url(addresses.counterPerson, { person: person.id })} variant="quiet">
            {t('person')}
          </LinkButton>
        }
      />
    )
  const options = dues.map(due => ({
    value: due.chargeId,
    label: `${local(due.label)}: ${formatMoney(due.open, page.locale)}`,
    hint: t('tick-note', { number: due.accountNumber, date: plainDate(due.dueOn, page.now, page) }),
  }))
  return (
    <Pane id="what" title={t('what-title')} icon="wallet">
      <Form
        action={page.url(addresses.counterPay, { person: person.id })}
        method="get"
        hidden={{ in: payIn, ...(asked.draft && { draft: asked.draft }) }}
      >
        {dues.length === 0 ? (
          <p className="mut sm">{t('what-none')}</p>
        ) : (
          <MultipleField
            name="d"
            label={t('tick')}
            hint={t('tick-hint')}
            options={options}
            values={asked.chosen.size === 0 ? dues.map(due => due.chargeId) : [...asked.chosen]}
          />
        )}
        <MoneyField
          name="sum"
          label={t('sum')}
          hint={t('sum-hint')}
          currency={payIn}
          value={asked.sum}
          fault={faultOf(faults, 'sum')}
        />
        {accounts.length > 0 && (
          <SelectField
            name="account"
            label={t('account')}
            value={asked.account}
            options={[
              { value: '', label: t('account-none') },
              ...accounts.map(each => ({ value: each.id, label: each.number })),
            ]}
          />
        )}
        <TextField
          name="payer"
          label={t('payer')}
          hint={t('payer-hint')}
          value={asked.payer}
          maxLength={120}
        />
        <Button variant="quiet" icon="cash">
          {t('work')}
        </Button>
      </Form>
    </Pane>
  )
}

function Gate({ of, asked, bill, faults, typed }: Props & { bill: Bill }) {
  const t = useTexts(payTexts)
  const { url } = usePage()
  if (bill.lines.length === 0)
    return (
      <Empty title={t('nothing')} level={2}>
        {t('nothing-why')}
      </Empty>
    )
  const action = url(addresses.counterPay, { person: of.person.id })
  const boxes = { ...boxesOf(asked), in: of.payIn }
  if (of.closed)
    return (
      <Form action={action} hidden={boxes}>
        <OpenTill till={{ free: of.closed }} action={action} typed={typed} faults={faults} />
      </Form>
    )
  return (
    <Form action={action} hidden={boxes}>
      <BillGate
        bill={bill}
        title={t('gate-title')}
        typed={typed}
        faults={faults}
        received={typed('received') || undefined}
      />
    </Form>
  )
}
