import { addresses } from '../../../../lib/addresses.ts'
import { formatMoney } from '../../../../lib/money.ts'
import {
  Button,
  Crumbs,
  DateField,
  Form,
  faultOf,
  Head,
  LongTextField,
  MoneyField,
  MultipleField,
  Note,
  NumberField,
  Pane,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { debtTexts } from '../strings.ts'
import { owedWords, type ProposeView } from './propose.tsx'

/** The two steps on one page: what is covered at the side, the instalments before it. */
export function ProposePage({ view }: { view: ProposeView }) {
  const t = useTexts(debtTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={t('plan-title')} faults={view.faults}>
      <Crumbs
        links={[
          {
            label: t('dues-of', { name: view.person.name }),
            href: url(addresses.counterDues, { person: view.person.id }),
          },
        ]}
      />
      <Head title={t('plan-title')} sub={t('plan-sub')} />
      <Zones kind="half">
        <What view={view} />
        {view.owed && <Instalments view={view} />}
      </Zones>
    </StaffLayout>
  )
}

function What({ view }: { view: ProposeView }) {
  const t = useTexts(debtTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { dues, chosen, faults, count, first } = view
  return (
    <Pane id="what" title={t('plan-charges')} step={{ number: 1, state: view.owed ? 'met' : 'now' }}>
      <Form
        action={url(addresses.counterPlan, { person: view.person.id })}
        method="get"
        label={t('plan-charges')}
      >
        <MultipleField
          name="charges"
          label={t('plan-charges')}
          labelHidden
          fault={faultOf(faults, 'charges')}
          values={chosen}
          options={dues.map(due => ({
            value: due.chargeId,
            label: `${local(due.label)}: ${formatMoney(due.open, locale)}`,
            hint: due.accountNumber,
          }))}
        />
        <div className="two-f">
          <NumberField name="count" label={t('plan-count')} value={count} />
          <DateField name="first" label={t('plan-first')} value={first} fault={faultOf(faults, 'first')} />
        </div>
        <Button variant={view.owed ? 'quiet' : 'main'}>{t('plan-lay')}</Button>
      </Form>
    </Pane>
  )
}

function Instalments({ view }: { view: ProposeView }) {
  const t = useTexts(debtTexts)
  const { url, locale } = usePage()
  const { owed, rows, faults, chosen } = view
  if (!owed) return null
  return (
    <Pane
      id="instalments"
      title={t('plan-rows')}
      step={{ number: 2, state: 'now' }}
      end={owedWords(owed, locale)}
    >
      <Form
        action={url(addresses.counterPlan, { person: view.person.id })}
        hidden={{ charges: chosen.join(',') }}
      >
        <Stack gap="small">
          {faultOf(faults, 'instalments') && (
            <div id="f-instalments">
              <Note tone="sumac" small>
                {owedWords(owed, locale)}
              </Note>
            </div>
          )}
          {rows.map((row, at) => (
            <div className="two-f" key={String(at)}>
              <DateField
                name="due"
                label={t('plan-due', { number: at + 1 })}
                hint=""
                value={row.due}
                fault={faultOf(faults, `due-${at + 1}`)}
                tight
              />
              <MoneyField
                name="amount"
                label={t('plan-amount', { number: at + 1 })}
                value={row.amount}
                fault={faultOf(faults, `amount-${at + 1}`)}
                currency={owed.currency}
                tight
              />
            </div>
          ))}
          <LongTextField
            name="note"
            label={t('plan-note')}
            hint={t('plan-note-hint')}
            value={view.note}
            fault={faultOf(faults, 'note')}
            maxLength={400}
            rows={2}
          />
          <Button>{t('plan-save')}</Button>
        </Stack>
      </Form>
    </Pane>
  )
}
