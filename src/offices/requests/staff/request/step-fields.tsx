import type { Answer, Field } from '../../../../kernel/definition/index.ts'
import { toDecimal } from '../../../../lib/money.ts'
import {
  ChoiceField,
  DateField,
  faultOf,
  LongTextField,
  MoneyField,
  MultipleField,
  NationalIdField,
  NumberField,
  PhoneField,
  TextField,
  useLocalized,
  YesNoField,
} from '../../../../ui/index.ts'
import type { Typed } from '../../../../web/call.ts'
import type { FieldsProps } from './fields.tsx'
import { typedAll, typedOne } from './read-act.ts'
import { stepInHand } from './step-in-hand.ts'
import { typedYesNo } from './step-proofs.tsx'

/** What the officer fills in on this step; filled before, when the request came back, it stands there again. */
export function StepFields({ view, shown }: FieldsProps) {
  const step = stepInHand(view)
  const given = view.request.projection.stepFields
  // A question may wait for another of the same step.
  const values = view.surroundings.values({ ...given, ...typedYesNo(step, shown.typed) })
  const wasSent = Object.keys(shown.typed).length > 0
  return (
    <>
      {(step?.fields ?? [])
        .filter(field => view.service.holds(field.when, values))
        .map(field => (
          <StepField
            key={field.id}
            field={field}
            typed={wasSent ? shown.typed : asTyped(field.id, given[field.id])}
            fault={faultOf(shown.faults, field.id)}
          />
        ))}
    </>
  )
}

/** An answer given before, as it would be typed. */
function asTyped(name: string, answer: Answer | undefined): Typed {
  if (answer === undefined) return {}
  if (typeof answer === 'boolean') return { [name]: answer ? 'yes' : 'no' }
  if (typeof answer === 'string' || typeof answer === 'number') return { [name]: String(answer) }
  if (Array.isArray(answer)) return { [name]: answer.filter(each => typeof each === 'string') }
  if ('minor' in answer) return { [name]: toDecimal(answer) }
  return Object.fromEntries(Object.entries(answer).map(([part, value]) => [`${name}.${part}`, String(value)]))
}

type Props = { field: Field; typed: Typed; fault: ReturnType<typeof faultOf> }

function StepField({ field, typed, fault }: Props) {
  const local = useLocalized()
  const common = {
    name: field.id,
    label: local(field.label),
    hint: field.hint && local(field.hint),
    optional: field.optional,
    value: typedOne(typed, field.id),
    fault,
    tight: true,
  }
  const options = (field.options ?? []).map(({ id, label, hint }) => ({
    value: id,
    label: local(label),
    hint: hint && local(hint),
  }))
  switch (field.kind) {
    case 'choice':
      return <ChoiceField {...common} options={options} />
    case 'multiple':
      return <MultipleField {...common} options={options} values={typedAll(typed, field.id)} />
    case 'yes-no':
      return <YesNoField {...common} />
    case 'long-text':
      return <LongTextField {...common} />
    case 'whole-number':
      return <NumberField {...common} />
    case 'decimal':
      return <NumberField {...common} decimal />
    case 'money':
      return <MoneyField {...common} currency={field.currency ?? 'ILS'} />
    case 'date':
      return <DateField {...common} />
    case 'national-id':
      return <NationalIdField {...common} />
    case 'phone':
      return <PhoneField {...common} />
    default:
      return <TextField {...common} maxLength={field.max} />
  }
}
