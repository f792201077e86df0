import type { Fault } from '../../../lib/errors.ts'
import { currencies, currencyWord } from '../../../lib/money.ts'
import { ChoiceField, faultOf, MultipleField, Pane, SelectField, usePage } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { dateOrders, dueKinds, type Reading } from '../model.ts'
import { importsTexts } from '../strings.ts'
import { fieldWord } from './words.ts'

/** What holds where a row does not say, and what tells rows apart. */
export function Habits({ reading, faults }: { reading: Reading; faults: Fault[] | undefined }) {
  const t = useTexts(importsTexts)
  const { locale } = usePage()
  const has = new Set(Object.values(reading.columns))
  const keyFields = (
    ['subscription', 'utility', 'account', 'person-code', 'id', 'kind', 'meter', 'phone', 'name'] as const
  ).filter(field => has.has(field) || reading.keys.includes(field))
  return (
    <Pane id="habits" title={t('habits-title')} icon="settings">
      <MultipleField
        name="keys"
        label={t('keys')}
        hint={t('keys-hint')}
        values={reading.keys}
        fault={faultOf(faults, 'keys')}
        columns={2}
        options={(keyFields.length > 0 ? keyFields : (['subscription', 'account', 'id'] as const)).map(
          value => ({
            value,
            label: fieldWord(locale, value),
          }),
        )}
      />
      <ChoiceField
        name="dates"
        label={t('dates')}
        value={reading.dates}
        columns={2}
        options={dateOrders.map(value => ({ value, label: t(`dates-${value}`) }))}
      />
      <ChoiceField
        name="decimal"
        label={t('decimal')}
        value={reading.decimal === ',' ? 'comma' : 'dot'}
        columns={2}
        options={(['dot', 'comma'] as const).map(value => ({ value, label: t(`decimal-${value}`) }))}
      />
      <SelectField
        name="currency"
        label={t('currency')}
        value={reading.currency}
        options={currencies.map(value => ({ value, label: currencyWord(value, locale) }))}
      />
      <SelectField
        name="dueKind"
        label={t('due-kind')}
        value={reading.dueKind}
        options={dueKinds.map(value => ({ value, label: t(`kind-${value}`) }))}
      />
      <SelectField
        name="utility"
        label={t('utility')}
        value={reading.utility}
        options={(['electricity', 'water'] as const).map(value => ({ value, label: t(`kind-${value}`) }))}
      />
      <SelectField
        name="billing"
        label={t('billing')}
        value={reading.billing}
        options={(['billed', 'prepaid'] as const).map(value => ({ value, label: t(`billing-${value}`) }))}
      />
    </Pane>
  )
}
