import type { Fault } from '../../../lib/errors.ts'
import { type Currency, currencies, currencyWord } from '../../../lib/money.ts'
import { texts } from '../../../lib/texts.ts'
import {
  Button,
  DateField,
  faultOf,
  MoneyField,
  Note,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type PaperKind, paperKinds, type Typed } from './handed.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

const tenderTexts = texts({ ar, en })

/** The boxes of each kind beside its amount. */
const boxesOf: Record<PaperKind, readonly string[]> = {
  card: ['last4', 'slip'],
  wallet: ['reference'],
  bank: ['bank', 'number', 'date'],
  cheque: ['drawer', 'bank', 'branch', 'number', 'date'],
}

const labels = { bank: 'bank-name' } as const

type Props = { currency: Currency; rates: readonly Currency[]; typed: Typed; faults: readonly Fault[] }

/** Everything that is not plain cash, folded away: one field and Enter stays the common case. */
export function OtherTenders({ currency, rates, typed, faults }: Props) {
  const t = useTexts(tenderTexts)
  const { locale } = usePage()
  const used = (kind: string) =>
    typed(`${kind}-amount`) !== '' || faults.some(fault => fault.field.startsWith(`${kind}-`))
  const foreign = currency === 'ILS' ? currencies.filter(each => rates.includes(each)) : []
  const notes = foreign.some(each => typed(`notes-${each}`) !== '' || faultOf(faults, `notes-${each}`))
  return (
    <details className="digest" open={notes || paperKinds.some(used)}>
      <summary>{t('other')}</summary>
      <p className="sm mut">{t('other-hint')}</p>
      {paperKinds.map(kind => (
        <details key={kind} className="digest" open={used(kind)}>
          <summary>{t(kind)}</summary>
          <div className="two-f">
            <MoneyField
              name={`${kind}-amount`}
              label={t('amount')}
              currency={currency}
              value={typed(`${kind}-amount`)}
              fault={faultOf(faults, `${kind}-amount`)}
              tight
            />
            {boxesOf[kind].map(box => (
              <Box key={box} kind={kind} box={box} typed={typed} faults={faults} />
            ))}
          </div>
        </details>
      ))}
      {foreign.length > 0 && (
        <details className="digest" open={notes}>
          <summary>{t('notes')}</summary>
          <div className="two-f">
            {foreign.map(each => (
              <MoneyField
                key={each}
                name={`notes-${each}`}
                label={t('notes-of', { currency: currencyWord(each, locale) })}
                currency={each}
                value={typed(`notes-${each}`)}
                fault={faultOf(faults, `notes-${each}`)}
                tight
              />
            ))}
          </div>
        </details>
      )}
    </details>
  )
}

function Box({
  kind,
  box,
  typed,
  faults,
}: {
  kind: PaperKind
  box: string
  typed: Typed
  faults: readonly Fault[]
}) {
  const t = useTexts(tenderTexts)
  const name = `${kind}-${box}`
  const field = { name, value: typed(name), fault: faultOf(faults, name), tight: true }
  if (box === 'date') return <DateField {...field} label={t(kind === 'cheque' ? 'due' : 'date')} />
  const label = t(
    box === 'bank' ? labels.bank : (box as 'last4' | 'slip' | 'reference' | 'branch' | 'number' | 'drawer'),
  )
  const figures = box === 'last4' || box === 'slip' || box === 'reference' || box === 'number'
  return (
    <TextField
      {...field}
      label={label}
      ltr={figures}
      inputMode={box === 'last4' ? 'numeric' : undefined}
      maxLength={box === 'last4' ? 4 : 120}
    />
  )
}

export type TillToOpen = { free: string[] }

/** In place of the money: the till is opened here, in the same form, and nothing typed is lost. */
export function OpenTill({
  till,
  action,
  typed,
  faults,
}: {
  till: TillToOpen
  action: string
  typed: Typed
  faults: readonly Fault[]
}) {
  const t = useTexts(tenderTexts)
  if (till.free.length === 0)
    return (
      <Note tone="honey" title={t('open-title')} small>
        {t('open-none')}
      </Note>
    )
  return (
    <>
      <Note tone="honey" title={t('open-title')} small>
        {t('open-why')}
      </Note>
      <div className="two-f mt-s">
        <SelectField
          name="tillBook"
          label={t('open-book')}
          options={till.free.map(book => ({ value: book, label: book }))}
          value={typed('tillBook') || till.free[0]}
          fault={faultOf(faults, 'tillBook')}
          tight
        />
        <MoneyField
          name="tillFloat"
          label={t('open-float')}
          currency="ILS"
          value={typed('tillFloat') || '0'}
          fault={faultOf(faults, 'tillFloat')}
          tight
        />
      </div>
      <Button big full icon="cash" hotkey="F8" name="do" value="open-till" formAction={action}>
        {t('open-verb')}
      </Button>
    </>
  )
}
