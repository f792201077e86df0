import {
  CheckField,
  faultOf,
  PasswordField,
  TextField,
  useLocalized,
  useTexts,
} from '../../../../ui/index.ts'
import { type FieldsProps, NoteField } from './fields.tsx'
import { field, originalsOf, typedAll } from './read-act.ts'
import { StepFields } from './step-fields.tsx'
import { actTexts } from './strings.ts'

/** What is signed, and who proves anew who they are. */
export function SignFields(props: FieldsProps) {
  const { view, shown } = props
  const t = useTexts(actTexts)
  const local = useLocalized()
  const step = view.service.definition.steps.find(({ id }) => id === view.task?.step)
  const output = view.service.definition.outputs.find(({ id }) => id === step?.output)
  return (
    <>
      {output && (
        <p className="mb-s">
          {t('sign-what', { output: local(output.name), name: view.applicant.displayName })}
        </p>
      )}
      <StepFields {...props} />
      <PasswordField
        name="password"
        label={t('password')}
        hint={t('confirm-hint')}
        fault={faultOf(shown.faults, 'password')}
        tight
      />
      <TextField
        name="code"
        label={t('code')}
        fault={faultOf(shown.faults, 'code')}
        ltr
        width="short"
        inputMode="numeric"
        maxLength={10}
        autoComplete="one-time-code"
        tight
      />
    </>
  )
}

/** The originals that are shown before something is handed over. */
export function HandOverFields(props: FieldsProps) {
  const { view, shown } = props
  const t = useTexts(actTexts)
  const local = useLocalized()
  const originals = originalsOf(view)
  const seen = typedAll(shown.typed, field.original)
  return (
    <>
      {originals.map(({ id, name }, place) => (
        <CheckField
          key={id}
          name={field.original}
          value={id}
          label={t('saw-original', { paper: local(name) })}
          checked={seen.includes(id)}
          fault={place === 0 ? faultOf(shown.faults, field.original) : undefined}
        />
      ))}
      <StepFields {...props} />
      <NoteField {...props} />
    </>
  )
}
