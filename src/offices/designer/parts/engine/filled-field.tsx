import {
  Beside,
  Fold,
  faultOf,
  fieldId,
  LongTextField,
  NameChips,
  SmsEditor,
  useTexts,
} from '../../../../ui/index.ts'
import { partTexts } from '../strings.ts'
import type { Control } from './control.ts'
import { valueAt } from './edits.ts'
import { type Drawing, englishOf } from './fields.tsx'
import { labelsOf, withWords } from './filled.ts'
import { one } from './typed.ts'

/** A text with names that are filled in, and how it will read; a message also with its length and parts. */
export function FilledField({
  control,
  drawing: { item, typed, faults },
}: {
  control: Control & { kind: 'filled' }
  drawing: Drawing
}) {
  const t = useTexts(partTexts)
  const { name, names, first, examples, sms } = control
  const value = Object(valueAt(item, control.at)) as { ar?: string; en?: string }
  const shown = {
    ar: typed ? one(typed, `${name}.ar`) : withWords(value.ar ?? '', names),
    en: typed ? one(typed, `${name}.en`) : englishOf(value),
  }
  const labels = labelsOf(names)
  const words = [...labels.values()]
  const usual = words.slice(0, first)
  const others = words.slice(first)
  const byLabel = Object.fromEntries([...labels].map(([id, label]) => [label, examples.get(id) ?? label]))
  const field = {
    name: `${name}.ar`,
    label: t(control.label),
    hint: control.hint && t(control.hint),
    value: shown.ar,
    fault: faultOf(faults, `${name}.ar`),
    tight: true,
  }
  const chips = <Chips into={fieldId(`${name}.ar`)} usual={usual} others={others} />
  return (
    <>
      {sms ? (
        <SmsEditor {...field} rows={3} examples={byLabel}>
          {chips}
        </SmsEditor>
      ) : (
        <>
          <LongTextField {...field} rows={7} />
          {chips}
        </>
      )}
      <Beside>
        <LongTextField
          name={`${name}.en`}
          label={t('in-english', { what: t(control.label) })}
          hint={t('english-names')}
          value={shown.en}
          fault={faultOf(faults, `${name}.en`)}
          rows={sms ? 2 : 4}
          tight
        />
      </Beside>
    </>
  )
}

/** The names that can be put in; what is rarely named is folded. */
function Chips({ into, usual, others }: { into: string; usual: string[]; others: string[] }) {
  const t = useTexts(partTexts)
  const more = t('chips-more', { count: others.length })
  return (
    <>
      <NameChips into={into} label={t('chips')} names={usual} />
      {others.length > 0 && (
        <Fold kind="rare" title={more}>
          <NameChips into={into} label={more} names={others} />
        </Fold>
      )}
    </>
  )
}
