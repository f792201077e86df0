import {
  Beside,
  Fold,
  faultOf,
  fieldId,
  LongTextField,
  NameChips,
  SmsBubble,
  useTexts,
} from '../../../../ui/index.ts'
import { partTexts } from '../strings.ts'
import type { Control } from './control.ts'
import { valueAt } from './edits.ts'
import { type Drawing, englishOf } from './fields.tsx'
import { exampleOf, labelsOf, withNames, withWords } from './filled.ts'
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
  const example = exampleOf(withNames(shown.ar, names), examples)
  return (
    <>
      <div
        data-sms={sms ? JSON.stringify(byLabel) : undefined}
        data-sms-words={
          sms ? JSON.stringify([1, 2, 3, 4, 5].map(parts => t('parts-word', { parts }))) : undefined
        }
        data-sms-of={fieldId(`${name}.ar`)}
      >
        <LongTextField
          name={`${name}.ar`}
          label={t(control.label)}
          hint={control.hint && t(control.hint)}
          value={shown.ar}
          fault={faultOf(faults, `${name}.ar`)}
          rows={sms ? 3 : 7}
          tight
        />
        <NameChips into={fieldId(`${name}.ar`)} label={t('chips')} names={usual} />
        {others.length > 0 && (
          <Fold kind="rare" title={t('chips-more', { count: others.length })}>
            <NameChips
              into={fieldId(`${name}.ar`)}
              label={t('chips-more', { count: others.length })}
              names={others}
            />
          </Fold>
        )}
        {sms && shown.ar !== '' && (
          <div data-sms-shown="">
            <p className="sm mut">{t('message-example')}</p>
            <SmsBubble text={example} />
          </div>
        )}
      </div>
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
