import { ChoiceField, faultOf, useLocalized, useTexts } from '../../../../ui/index.ts'
import type { FieldsProps } from './fields.tsx'
import { field, typedOne } from './read-act.ts'
import { actTexts } from './strings.ts'

/** The grounds decided beforehand, where the service has them. */
export function GroundField({ view, shown }: FieldsProps) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { grounds } = view.service.definition
  if (!grounds) return null
  return (
    <ChoiceField
      name={field.ground}
      label={t('ground')}
      value={typedOne(shown.typed, field.ground)}
      options={grounds.map(({ id, words }) => ({ value: id, label: local(words) }))}
      fault={faultOf(shown.faults, field.ground)}
      tight
    />
  )
}
