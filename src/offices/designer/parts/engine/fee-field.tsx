import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
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
import type { Subject } from '../../sentences/vocabulary.ts'
import { feeInWords } from '../../sentences/words.ts'
import { nameOf, partTexts } from '../strings.ts'
import { ConditionRows } from './condition-field.tsx'
import type { Control } from './control.ts'
import { valueAt } from './edits.ts'
import { type FormProduct, feeRowsOf, typedFee, written } from './fee-form.ts'
import type { Drawing } from './fields.tsx'
import { one } from './typed.ts'

/** What a fee comes to: its lines, its cases, its bounds; one press away its formula. */
export function FeeField({ control, drawing }: { control: Control & { kind: 'fee' }; drawing: Drawing }) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const { name, currency } = control
  const { item, typed, faults, why, tariffs } = drawing
  const value = valueAt(item, control.at)
  const source = typeof value === 'string' ? value : ''
  const subjects = drawing.subjects(control)
  const plain = subjects.filter(subject => subject.column === undefined)
  const special = typed ? one(typed, `${name}.special`) === 'yes' : feeRowsOf(source) === undefined
  const form = typed ? typedFee(typed, name) : feeRowsOf(source)
  const wrong = why.get(`${name}.formula`)
  const line = { subjects, tariffs, faults, currency: nameOf(locale, 'currency', currency) }
  return (
    <RuleField id={fieldId(name)} legend={t(control.label)}>
      <p className="read-it sm mut">{feeInWords(source, { subjects, tariffs, locale })}</p>
      {!special && form && (
        <>
          {form.free.groups.length > 0 && (
            <Sentences>
              <p className="joined">{t('fee-free')}</p>
              <ConditionRows
                form={form.free}
                name={`${name}.free`}
                subjects={plain}
                faults={faults}
                inside={`${name}!free`}
              />
            </Sentences>
          )}
          {form.tiers.map((tier, at) => (
            <Sentences key={String(at)}>
              <p className="joined">{t('fee-tier')}</p>
              <ConditionRows
                form={tier.when}
                name={`${name}.t${at}.when`}
                subjects={plain}
                faults={faults}
                inside={`${name}!t${at}`}
              />
              {tier.products.map((product, number) => (
                <ProductLine
                  key={String(number)}
                  product={product}
                  name={`${name}.t${at}.p${number}`}
                  {...line}
                />
              ))}
              <Button variant="plain" name="reshape" value={`${name}!drop-tier|${at}`} icon="x">
                {t('fee-tier-drop')}
              </Button>
            </Sentences>
          ))}
          <Sentences>
            {form.tiers.length > 0 && <p className="joined">{t('fee-otherwise')}</p>}
            {form.otherwise.map((product, number) => (
              <div key={String(number)}>
                {number > 0 && <span className="joined">{t('fee-plus')}</span>}
                <ProductLine product={product} name={`${name}.o.p${number}`} {...line} />
                {number > 0 && (
                  <Button variant="plain" name="reshape" value={`${name}!drop-line|${number}`} icon="x">
                    {t('fee-line-drop')}
                  </Button>
                )}
              </div>
            ))}
          </Sentences>
          <div className="row">
            <Button variant="plain" name="reshape" value={`${name}!line`} icon="plus">
              {t('fee-line-more')}
            </Button>
            <Button variant="plain" name="reshape" value={`${name}!tier`} icon="plus">
              {t('fee-tier-more')}
            </Button>
            {form.free.groups.length === 0 && (
              <Button variant="plain" name="reshape" value={`${name}!free`} icon="plus">
                {t('fee-free-more')}
              </Button>
            )}
          </div>
          <Fold kind="rare" title={t('fee-bounds')} open={form.least !== '' || form.most !== ''}>
            <SentenceLine>
              <BoundField
                name={`${name}.least`}
                label={t('fee-least')}
                value={form.least}
                tariffs={tariffs}
                faults={faults}
              />
              <BoundField
                name={`${name}.most`}
                label={t('fee-most')}
                value={form.most}
                tariffs={tariffs}
                faults={faults}
              />
            </SentenceLine>
          </Fold>
        </>
      )}
      <Fold kind="formula" title={t('formula')} open={special || wrong !== undefined}>
        <input type="hidden" name={`${name}.was`} value={source} />
        {special && <input type="hidden" name={`${name}.special`} value="yes" />}
        <FormulaBox
          name={`${name}.formula`}
          value={typed ? one(typed, `${name}.formula`) : source}
          label={t('formula')}
          checkAt={drawing.checkAt}
        >
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

type LineProps = {
  product: FormProduct
  name: string
  subjects: readonly Subject[]
  tariffs: ReadonlyMap<string, string>
  faults: readonly Fault[]
  currency: string
}

/** «price × number × number», perhaps for each row of a group. */
function ProductLine({ product, name, subjects, tariffs, faults, currency }: LineProps) {
  const t = useTexts(partTexts)
  const { each } = product
  const money = subjects.filter(subject => subject.kind === 'money' && subject.column === undefined)
  const prices = [
    ...[...tariffs].map(([key, label]) => ({ value: `tariff.${key}`, label })),
    ...money.map(({ name: value, label }) => ({ value, label })),
  ]
  const numbers = subjects.filter(
    ({ kind, column }) => kind === 'number' && (column === undefined || column === each),
  )
  const groups = subjects.filter(subject => subject.name.startsWith('count('))
  return (
    <>
      <SentenceLine>
        <SelectField
          name={`${name}.base`}
          label={t('fee-price')}
          none={t('fee-price-choose')}
          value={product.base}
          options={[{ value: written, label: t('fee-written') }, ...prices]}
          fault={faultOf(faults, `${name}.base`)}
          width="full"
        />
        <TextField
          name={`${name}.amount`}
          label={t('fee-written-amount', { currency })}
          value={product.amount}
          fault={faultOf(faults, `${name}.amount`)}
          ltr
        />
        {groups.length > 0 && (
          <SelectField
            name={`${name}.each`}
            label={t('fee-each')}
            none={t('fee-once')}
            value={each}
            options={groups.map(group => ({ value: group.name.slice(6, -1), label: group.label }))}
            width="full"
          />
        )}
      </SentenceLine>
      {numbers.length > 0 && (
        <Ticks
          name={`${name}.times`}
          id={fieldId(`${name}.times`)}
          legend={t('fee-times')}
          options={numbers.map(({ name: value, label, column }) => ({
            value,
            label: column ? t('fee-of-row', { label }) : label,
          }))}
          values={product.times}
        />
      )}
    </>
  )
}

function BoundField({
  name,
  label,
  value,
  tariffs,
  faults,
}: {
  name: string
  label: string
  value: string
  tariffs: ReadonlyMap<string, string>
  faults: readonly Fault[]
}) {
  const t = useTexts(partTexts)
  const isPrice = value.startsWith('tariff.')
  return (
    <>
      <TextField name={name} label={label} value={isPrice ? '' : value} fault={faultOf(faults, name)} ltr />
      {tariffs.size > 0 && (
        <SelectField
          name={`${name}Price`}
          label={t('fee-bound-price', { label })}
          none={t('row-written')}
          value={isPrice ? value : ''}
          options={[...tariffs].map(([key, words]) => ({ value: `tariff.${key}`, label: words }))}
          width="full"
        />
      )}
    </>
  )
}
