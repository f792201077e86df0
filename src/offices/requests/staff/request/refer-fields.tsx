import { addresses } from '../../../../lib/addresses.ts'
import {
  ChoiceField,
  DateField,
  faultOf,
  LongTextField,
  Phrases,
  SelectField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { FieldsProps } from './fields.tsx'
import { field, typedAll, typedOne } from './read-act.ts'
import { useRecipients } from './recipients.tsx'
import { actTexts, readyPhrases } from './strings.ts'

/** Copies one referral can carry: with more, a circular is what is meant. */
const mostCopies = 3

/** To whom, what for, by when, with which words, and who gets a copy. */
export function ReferFields(props: FieldsProps) {
  const { view, shown, colleagues } = props
  const t = useTexts(actTexts)
  const { locale, url } = usePage()
  const besides = { staffId: view.who.kind === 'staff' ? view.who.staffId : '', office: view.task?.office }
  const options = useRecipients({ offices: [...view.offices.values()], colleagues, besides })
  const copies = typedAll(shown.typed, field.copy)
  return (
    <>
      <SelectField
        name={field.to}
        label={t('refer-to')}
        options={options}
        width="full"
        value={typedOne(shown.typed, field.to)}
        fault={faultOf(shown.faults, field.to)}
        tight
      />
      <ChoiceField
        name={field.purpose}
        label={t('refer-for')}
        value={typedOne(shown.typed, field.purpose) || 'opinion'}
        options={[
          { value: 'opinion', label: t('for-opinion'), hint: t('for-opinion-hint') },
          { value: 'information', label: t('for-information'), hint: t('for-information-hint') },
        ]}
        tight
      />
      <LongTextField
        name={field.note}
        label={t('your-question')}
        hint={t('your-question-hint')}
        maxLength={2000}
        value={typedOne(shown.typed, field.note)}
        fault={faultOf(shown.faults, field.note)}
        tight
      />
      <Phrases
        phrases={[...view.phrases, ...readyPhrases(locale)]}
        field={field.note}
        name={field.phrase}
        value={typedOne(shown.typed, field.phrase)}
        manage={url(addresses.myDesk)}
      />
      <DateField
        name={field.by}
        label={t('refer-by')}
        hint={t('refer-by-hint')}
        value={typedOne(shown.typed, field.by)}
        fault={faultOf(shown.faults, field.by)}
        optional
        tight
      />
      <details className="mb-s" open={copies.some(value => value !== '')}>
        <summary className="sm">{t('refer-copies')}</summary>
        <p className="xs mut">{t('refer-copies-hint')}</p>
        {Array.from({ length: mostCopies }, (_, place) => (
          <SelectField
            key={String(place)}
            name={field.copy}
            label={t('refer-copy', { number: place + 1 })}
            options={options}
            none={t('no-copy')}
            width="full"
            value={copies[place] ?? ''}
            fault={place === 0 ? faultOf(shown.faults, field.copy) : undefined}
            optional
            tight
          />
        ))}
      </details>
    </>
  )
}
