import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CheckField,
  ChoiceField,
  DateField,
  Form,
  faultOf,
  LongTextField,
  NumberField,
  Pane,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { kinds } from '../model.ts'
import { destructionTexts } from '../strings.ts'
import { kindOptions } from './words.tsx'

/** A new rule, with what was typed. */
export function RuleForm({ typed, faults }: { typed: (name: string) => string; faults: readonly Fault[] }) {
  const t = useTexts(destructionTexts)
  const { locale, url } = usePage()
  const field = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  return (
    <Pane id="new" title={t('rule-new')} icon="plus">
      <p className="sm mut mb-s">{t('rule-new-hint')}</p>
      <Form action={url(addresses.retention)}>
        <SelectField {...field('kind')} label={t('f-kind')} options={kindOptions(locale, kinds)} />
        <TextField
          {...field('scope')}
          label={t('f-scope')}
          hint={t('f-scope-hint')}
          optional
          maxLength={60}
          width="mid"
          ltr
        />
        <ChoiceField
          {...field('ever')}
          value={typed('ever') || 'term'}
          label={t('f-ever')}
          columns={2}
          options={[
            { value: 'term', label: t('f-ever-term') },
            { value: 'keep', label: t('f-ever-keep') },
          ]}
        />
        <NumberField {...field('for')} label={t('f-for')} optional />
        <SelectField
          {...field('unit')}
          value={typed('unit') || 'year'}
          label={t('f-unit')}
          options={[
            { value: 'year', label: t('unit-year') },
            { value: 'day', label: t('unit-day') },
          ]}
        />
        <LongTextField
          {...field('source')}
          label={t('f-source')}
          hint={t('f-source-hint')}
          rows={2}
          maxLength={300}
        />
        <CheckField
          name="confirmed"
          label={t('f-confirmed')}
          hint={t('f-confirmed-hint')}
          checked={typed('confirmed') === 'yes'}
        />
        <DateField {...field('from')} label={t('f-from')} />
        <Button>{t('rule-send')}</Button>
      </Form>
    </Pane>
  )
}
