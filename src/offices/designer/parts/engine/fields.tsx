import { isCalendarDate } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Beside,
  DateField,
  faultOf,
  fieldId,
  LongTextField,
  MoneyField,
  NumberField,
  SelectField,
  TextField,
  Tick,
  Ticks,
  useTexts,
} from '../../../../ui/index.ts'
import type { Typed } from '../../../../web/call.ts'
import type { Subject } from '../../sentences/vocabulary.ts'
import { partTexts } from '../strings.ts'
import { ConditionField } from './condition-field.tsx'
import type { Control } from './control.ts'
import { valueAt } from './edits.ts'
import { FeeField } from './fee-field.tsx'
import { FilledField } from './filled-field.tsx'
import { many, one, places } from './typed.ts'

/** What every control of a pane is drawn with. `typed` is what came back with faults or a change of shape. */
export type Drawing = {
  item: unknown
  typed?: Typed | undefined
  faults: readonly Fault[]
  /** What is wrong with formulas, by the name of their box. */
  why: ReadonlyMap<string, string>
  subjects: (control: Control) => readonly Subject[]
  tariffs: ReadonlyMap<string, string>
  /** Where a formula is checked while it is typed. */
  checkAt: string
}

/** One control, drawn by its kind. */
export function ControlField({ control, drawing }: { control: Control; drawing: Drawing }) {
  const t = useTexts(partTexts)
  const { name } = control
  const { item, typed, faults } = drawing
  const value = valueAt(item, control.at)
  const text = typed ? one(typed, name) : plain(value)
  const shared = {
    name,
    label: t(control.label),
    hint: control.hint && t(control.hint),
    fault: faultOf(faults, name),
    optional: 'optional' in control ? control.optional : undefined,
    tight: true,
  }
  switch (control.kind) {
    case 'text':
      return control.long ? (
        <LongTextField {...shared} value={text} rows={3} />
      ) : (
        <TextField {...shared} value={text} ltr={control.ltr} />
      )
    case 'words':
      return <WordsField control={control} drawing={drawing} />
    case 'filled':
      return <FilledField control={control} drawing={drawing} />
    case 'number':
      return (
        <NumberField
          {...shared}
          value={text}
          decimal={control.decimal}
          unit={control.unit && t(control.unit)}
        />
      )
    case 'amount':
      return <MoneyField {...shared} value={text} currency={control.currency} />
    case 'day':
      return (
        <DateField
          {...shared}
          value={isCalendarDate(text) ? shortDate(text, { locale: 'ar', timeZone: 'UTC' }) : text}
        />
      )
    case 'one':
      return (
        <SelectField
          {...shared}
          value={text}
          options={control.options}
          none={control.none && t(control.none)}
          optional={undefined}
        />
      )
    case 'many': {
      const chosen = typed ? many(typed, name) : Array.isArray(value) ? value.map(String) : []
      return (
        <Ticks
          name={name}
          id={fieldId(name)}
          legend={shared.label}
          hint={shared.hint}
          options={control.options}
          values={chosen}
        />
      )
    }
    case 'flag':
      return <Tick name={name} label={shared.label} checked={typed ? text === 'yes' : value === true} />
    case 'list':
      return (
        <TextField {...shared} value={typed ? text : Array.isArray(value) ? value.join('، ') : ''} optional />
      )
    case 'lines':
      return <LinesField control={control} drawing={drawing} withIds={false} />
    case 'options':
      return <LinesField control={control} drawing={drawing} withIds />
    case 'join':
      return <JoinField control={control} drawing={drawing} />
    case 'condition':
      return <ConditionField control={control} drawing={drawing} />
    case 'fee':
      return <FeeField control={control} drawing={drawing} />
  }
}

const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : value === true ? 'yes' : ''

/** The English, unless the Arabic stands in for it. */
export const englishOf = ({ ar, en }: { ar?: string; en?: string }): string => (en === ar ? '' : (en ?? ''))

/** The same words in both languages, beside each other. */
export function WordsField({
  control,
  drawing: { item, typed, faults },
}: {
  control: Control
  drawing: Drawing
}) {
  const t = useTexts(partTexts)
  const { name } = control
  const value = Object(valueAt(item, control.at)) as { ar?: string; en?: string }
  const written = { ar: value.ar ?? '', en: englishOf(value) }
  const at = (locale: 'ar' | 'en') => (typed ? one(typed, `${name}.${locale}`) : written[locale])
  const Field = 'long' in control && control.long ? LongTextField : TextField
  const optional = 'optional' in control ? control.optional : undefined
  return (
    <Beside>
      <Field
        name={`${name}.ar`}
        label={t(control.label)}
        hint={control.hint && t(control.hint)}
        value={at('ar')}
        fault={faultOf(faults, `${name}.ar`)}
        optional={optional}
        tight
      />
      <Field
        name={`${name}.en`}
        label={t('in-english', { what: t(control.label) })}
        value={at('en')}
        fault={faultOf(faults, `${name}.en`)}
        tight
        ltr
      />
    </Beside>
  )
}

const spare = 2

/** Rows of words in both languages, two more than are written; an emptied row goes. */
function LinesField({
  control,
  drawing: { item, typed },
  withIds,
}: {
  control: Control
  drawing: Drawing
  withIds: boolean
}) {
  const t = useTexts(partTexts)
  const { name } = control
  const value = valueAt(item, control.at)
  const written = (Array.isArray(value) ? value : []).map(each => {
    const words = Object(withIds ? Object(each).label : each) as { ar?: string; en?: string }
    return { id: String(Object(each).id ?? ''), ar: words.ar ?? '', en: englishOf(words) }
  })
  const rows = typed
    ? places(typed, `${name}.`).map(at => ({
        id: one(typed, `${name}.${at}.id`),
        ar: one(typed, `${name}.${at}.ar`),
        en: one(typed, `${name}.${at}.en`),
      }))
    : [
        ...written,
        ...Array.from({ length: written.length < 2 ? 3 : spare }, () => ({ id: '', ar: '', en: '' })),
      ]
  return (
    <fieldset className="f" id={fieldId(name)} tabIndex={-1}>
      <legend>{t(control.label)}</legend>
      {control.hint && <p className="hint">{t(control.hint)}</p>}
      {rows.map((row, at) => (
        <Beside key={String(at)}>
          {withIds && <input type="hidden" name={`${name}.${at}.id`} value={row.id} />}
          <TextField
            name={`${name}.${at}.ar`}
            label={t('line-ar', { number: at + 1 })}
            labelHidden
            value={row.ar}
            tight
          />
          <TextField
            name={`${name}.${at}.en`}
            label={t('line-en', { number: at + 1 })}
            labelHidden
            value={row.en}
            placeholder={t('english')}
            ltr
            tight
          />
        </Beside>
      ))}
    </fieldset>
  )
}

function JoinField({ control, drawing: { item, typed, faults } }: { control: Control; drawing: Drawing }) {
  const t = useTexts(partTexts)
  const { name } = control
  const value = valueAt(item, control.at)
  const least = typeof value === 'object' && value !== null ? Object(value).atLeast : undefined
  const chosen = typed ? one(typed, name) : least === undefined ? String(value ?? 'all') : 'least'
  return (
    <Beside>
      <SelectField
        name={name}
        label={t(control.label)}
        value={chosen}
        options={(['all', 'any', 'least'] as const).map(each => ({ value: each, label: t(`join-${each}`) }))}
        tight
      />
      <NumberField
        name={`${name}.least`}
        label={t('join-count')}
        value={typed ? one(typed, `${name}.least`) : String(least ?? '')}
        fault={faultOf(faults, `${name}.least`)}
        optional
        tight
      />
    </Beside>
  )
}
