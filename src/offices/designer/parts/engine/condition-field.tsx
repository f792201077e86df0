import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Fixed,
  Fold,
  FormulaBox,
  faultOf,
  fieldId,
  Note,
  RuleField,
  SelectField,
  SentenceLine,
  Sentences,
  TextField,
  Ticks,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { otherJoin } from '../../sentences/condition.ts'
import { sentenceTexts } from '../../sentences/strings.ts'
import { type Subject, testKey, testsOf } from '../../sentences/vocabulary.ts'
import { ruleInWords } from '../../sentences/words.ts'
import { partTexts } from '../strings.ts'
import { type FormCondition, type FormRow, isList, rowsOf, typedRows } from './condition-form.ts'
import type { Control } from './control.ts'
import { valueAt } from './edits.ts'
import type { Drawing } from './fields.tsx'
import { one } from './typed.ts'

/** A condition: its rows, and one press away its formula. */
export function ConditionField({
  control,
  drawing,
}: {
  control: Control & { kind: 'condition' }
  drawing: Drawing
}) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const { name } = control
  const { item, typed, faults, why, tariffs } = drawing
  const value = valueAt(item, control.at)
  const source = typeof value === 'string' ? value : ''
  const subjects = drawing.subjects(control).filter(subject => subject.column === undefined)
  const special = typed ? one(typed, `${name}.special`) === 'yes' : rowsOf(source) === undefined
  const rows = typed ? typedRows(typed, name) : rowsOf(source)
  const formula = typed ? one(typed, `${name}.formula`) : source
  const wrong = why.get(`${name}.formula`)
  return (
    <RuleField id={fieldId(name)} legend={t(control.label)}>
      <p className="read-it sm mut">{ruleInWords(source, { subjects, tariffs, locale })}</p>
      {!special && rows && <ConditionRows form={rows} name={name} subjects={subjects} faults={faults} />}
      <Fold kind="formula" title={t('formula')} open={special || wrong !== undefined}>
        <input type="hidden" name={`${name}.was`} value={source} />
        {special && <input type="hidden" name={`${name}.special`} value="yes" />}
        <FormulaBox name={`${name}.formula`} value={formula} label={t('formula')} checkAt={drawing.checkAt}>
          {wrong && (
            <Note tone="sumac" small>
              {wrong}
            </Note>
          )}
        </FormulaBox>
        <p className="sm mut">{t('formula-hint')}</p>
      </Fold>
    </RuleField>
  )
}

type RowsProps = {
  form: FormCondition
  name: string
  subjects: readonly Subject[]
  faults: readonly Fault[]
  /** What stands before the orders of this condition, where it lies inside another control. */
  inside?: string | undefined
}

/** The rows of a condition, in their groups. */
export function ConditionRows({ form, name, subjects, faults, inside }: RowsProps) {
  const t = useTexts(partTexts)
  const s = useTexts(sentenceTexts)
  const order = (what: string) => (inside ? `${inside}/${what}` : `${name}!${what}`)
  const several = form.groups.length > 1
  return (
    <>
      {several && (
        <SelectField
          name={`${name}.join`}
          label={t('join-groups')}
          value={form.join}
          options={(['and', 'or'] as const).map(value => ({ value, label: t(`join-${value}`) }))}
          tight
        />
      )}
      {!several && <input type="hidden" name={`${name}.join`} value={form.join} />}
      {form.groups.map((group, g) => (
        <Sentences key={String(g)}>
          {g > 0 && <span className="joined">{s(form.join)}</span>}
          {group.not && <input type="hidden" name={`${name}.${g}.not`} value="yes" />}
          {group.not && <p className="joined">{t('not-so')}</p>}
          {group.rows.map((row, r) => (
            <RowLine
              key={String(r)}
              row={row}
              name={`${name}.${g}.${r}`}
              before={r > 0 ? s(otherJoin(form.join)) : undefined}
              subjects={subjects}
              faults={faults}
              drop={order(`drop|${g}.${r}`)}
              same={order('same')}
            />
          ))}
          {several && (
            <Button variant="plain" name="reshape" value={order(`row|${g}`)} icon="plus">
              {t('row-more', { join: s(otherJoin(form.join)) })}
            </Button>
          )}
        </Sentences>
      ))}
      <Button variant="plain" name="reshape" value={order('group')} icon="plus">
        {t(form.groups.length === 0 ? 'condition-first' : 'condition-more')}
      </Button>
    </>
  )
}

type LineProps = {
  row: FormRow
  name: string
  before: string | undefined
  subjects: readonly Subject[]
  faults: readonly Fault[]
  drop: string
  same: string
}

function RowLine({ row, name, before, subjects, faults, drop, same }: LineProps) {
  const t = useTexts(partTexts)
  const s = useTexts(sentenceTexts)
  const subject = subjects.find(each => each.name === row.subject)
  const tests = subject ? testsOf[subject.kind] : []
  const test = row.test || tests[0] || ''
  const known =
    subject === undefined && row.subject !== ''
      ? [{ value: row.subject, label: s('unknown', { name: row.subject }) }]
      : []
  return (
    <SentenceLine>
      {before && (
        <Fixed>
          <span className="joined">{before}</span>
        </Fixed>
      )}
      <SelectField
        name={`${name}.subject`}
        label={t('row-subject')}
        none={t('row-choose')}
        value={row.subject}
        options={[...subjects.map(each => ({ value: each.name, label: each.label })), ...known]}
        fault={faultOf(faults, `${name}.subject`)}
        width="full"
      />
      {subject && (
        <SelectField
          name={`${name}.test`}
          label={t('row-test')}
          value={test}
          options={tests.map(value => ({ value, label: s(testKey(value, subject.kind)) }))}
          fault={faultOf(faults, `${name}.test`)}
          width="full"
        />
      )}
      {subject && (
        <ValueField
          row={{ ...row, test }}
          name={name}
          subject={subject}
          subjects={subjects}
          faults={faults}
        />
      )}
      <Fixed>
        {!subject && (
          <Button variant="quiet" name="reshape" value={same}>
            {t('row-go-on')}
          </Button>
        )}
        <Button variant="plain" name="reshape" value={drop} icon="x" label={t('row-drop')}>
          {''}
        </Button>
      </Fixed>
    </SentenceLine>
  )
}

function ValueField({
  row,
  name,
  subject,
  subjects,
  faults,
}: {
  row: FormRow
  name: string
  subject: Subject
  subjects: readonly Subject[]
  faults: readonly Fault[]
}) {
  const t = useTexts(partTexts)
  const s = useTexts(sentenceTexts)
  const shared = { name: `${name}.value`, label: t('row-value'), fault: faultOf(faults, `${name}.value`) }
  const value = row.values[0] ?? ''
  if (row.test === 'answered' || row.test === 'unanswered') return null
  if (subject.kind === 'truth') {
    return (
      <SelectField
        {...shared}
        value={value}
        width="full"
        options={[
          { value: 'true', label: s('yes') },
          { value: 'false', label: s('no') },
        ]}
      />
    )
  }
  if (subject.options) {
    if (isList(row.test))
      return (
        <Ticks
          name={shared.name}
          id={fieldId(shared.name)}
          legend={shared.label}
          options={subject.options}
          values={row.values}
        />
      )
    return <SelectField {...shared} value={value} options={subject.options} width="full" />
  }
  const others = subjects.filter(
    each => each.kind === subject.kind && each.name !== subject.name && !each.options,
  )
  const comparable = subject.kind === 'date' || row.other !== ''
  return (
    <>
      <TextField
        {...shared}
        value={value}
        ltr={subject.kind !== 'text'}
        placeholder={subject.kind === 'date' ? t('day-example') : undefined}
      />
      {comparable && others.length > 0 && (
        <SelectField
          name={`${name}.other`}
          label={t('row-other')}
          none={t('row-written')}
          value={row.other}
          options={others.map(each => ({ value: each.name, label: each.label }))}
          width="full"
        />
      )}
    </>
  )
}
