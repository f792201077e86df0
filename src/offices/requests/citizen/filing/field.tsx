import type { Field } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Localized } from '../../../../lib/localized.ts'
import {
  AddressField,
  Button,
  ChoiceField,
  DateField,
  FieldGroup,
  faultOf,
  LongTextField,
  MapPointField,
  MoneyField,
  MultipleField,
  NationalIdField,
  Note,
  NumberField,
  PersonField,
  PhoneField,
  SelectField,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  YesNoField,
} from '../../../../ui/index.ts'
import type { KnownFrom } from '../../known.ts'
import { citizenTexts } from '../strings.ts'
import { boxText, boxTexts, type Raw } from '../typed.ts'

/** An account that may be named, with how people know it. */
export type AccountChoice = { number: string; label: string; kind: string; billing: string | undefined }

/** What the town says of itself that a form needs. */
export type FormTown = {
  levels: { block: Localized; quarter: Localized; parcel: Localized }
  quarters: readonly string[]
  accounts: readonly AccountChoice[]
  /** Somebody else than the applicant answers: what is said of their subscriptions is said of them, not to them. */
  ofApplicant?: boolean
  /** Questions whose box holds what the town knew, and where from. */
  known?: ReadonlyMap<string, KnownFrom>
}

export type QuestionProps = {
  field: Field
  /** Name of its box; the field's id, or longer within a group. */
  name: string
  raw: Raw
  faults: readonly Fault[]
  town: FormTown
  /** The form takes `row` for a wish to write one more row, and comes back to it; an address leads the browser there by itself. */
  grows?: boolean | string | undefined
  /** Less room below, as in staff forms. */
  tight?: boolean | undefined
}

/** A row of a group is kept short: there a list of choices stands open only while it is as short as this. */
const mostOpen = { alone: 7, inRow: 3 }

/** One question of a form, drawn by its kind. */
export function Question({ field, name, raw, faults, town, grows, tight }: QuestionProps) {
  const local = useLocalized()
  const shared = {
    name,
    label: local(field.label),
    hint: useHint(field, town.known?.get(name)),
    fault: faultOf(faults, name),
    optional: field.optional,
    tight,
  }
  const one = { ...shared, value: boxText(raw, name) }
  switch (field.kind) {
    case 'text':
    case 'file':
      return <TextField {...one} />
    case 'long-text':
      return <LongTextField {...one} rows={4} />
    case 'whole-number':
    case 'decimal':
      return <NumberField {...one} decimal={field.kind === 'decimal'} />
    case 'money':
      return <MoneyField {...one} currency={field.currency ?? 'ILS'} />
    case 'date':
      return <DateField {...one} value={one.value ?? spreadDate(raw, name)} />
    case 'choice':
      return (field.options?.length ?? 0) > (name === field.id ? mostOpen.alone : mostOpen.inRow) ? (
        <SelectField
          {...one}
          options={(field.options ?? []).map(each => ({ value: each.id, label: local(each.label) }))}
        />
      ) : (
        <ChoiceField {...one} options={optionsOf(field, local)} />
      )
    case 'multiple':
      return (
        <MultipleField
          {...shared}
          values={boxTexts(raw, name)}
          options={optionsOf(field, local)}
          columns={2}
        />
      )
    case 'yes-no':
      return <YesNoField {...one} />
    case 'national-id':
      return <NationalIdField {...one} />
    case 'phone':
      return <PhoneField {...one} />
    case 'address':
      return <Address field={field} name={name} raw={raw} faults={faults} town={town} />
    case 'map-point':
      return <MapPointField {...shared} lat={boxText(raw, `${name}.lat`)} lon={boxText(raw, `${name}.lon`)} />
    case 'account':
      return <Account field={field} name={name} raw={raw} faults={faults} town={town} tight={tight} />
    case 'person':
      return (
        <PersonField
          {...shared}
          faults={faults}
          values={Object.fromEntries(
            ['first', 'father', 'grandfather', 'family', 'nationalId'].map(part => [
              part,
              boxText(raw, `${name}.${part}`),
            ]),
          )}
        />
      )
    case 'group':
      return (
        <Rows field={field} name={name} raw={raw} faults={faults} town={town} grows={grows} tight={tight} />
      )
  }
}

/** The question's own hint, and where an answer comes from that nobody typed. */
function useHint({ hint }: Field, from: KnownFrom | undefined): string | undefined {
  const local = useLocalized()
  const t = useTexts(citizenTexts)
  const said = [from && t(`known-${from}`), hint && local(hint)].filter(Boolean)
  return said.length > 0 ? said.join(' ') : undefined
}

function optionsOf(field: Field, local: (text: Localized) => string) {
  return (field.options ?? []).map(each => ({
    value: each.id,
    label: local(each.label),
    ...(each.hint && { hint: local(each.hint) }),
  }))
}

function spreadDate(raw: Raw, name: string): string | undefined {
  const parts = ['day', 'month', 'year'].map(part => boxText(raw, `${name}.${part}`) ?? '')
  return parts.some(part => part !== '') ? parts.join('/') : undefined
}

function Address({ field, name, raw, faults, town }: QuestionProps) {
  const local = useLocalized()
  const t = useTexts(citizenTexts)
  const { levels, quarters } = town
  return (
    <AddressField
      name={name}
      label={local(field.label)}
      hint={useHint(field, town.known?.get(name))}
      optional={field.optional}
      faults={faults}
      values={Object.fromEntries(
        ['block', 'quarter', 'parcel', 'landmark'].map(part => [part, boxText(raw, `${name}.${part}`)]),
      )}
      levels={[
        { id: 'block', label: local(levels.block), numeric: true },
        {
          id: 'quarter',
          label: local(levels.quarter),
          options: quarters.length > 0 ? quarters.map(each => ({ value: each, label: each })) : undefined,
        },
        { id: 'parcel', label: local(levels.parcel), numeric: true },
      ]}
      landmarkHint={t('landmark-hint')}
    />
  )
}

function Account({ field, name, raw, faults, town, tight }: QuestionProps) {
  const local = useLocalized()
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  const fitting = town.accounts.filter(
    account =>
      (!field.accountKind || account.kind === field.accountKind) &&
      (!field.billing || account.billing === undefined || account.billing === field.billing),
  )
  const shared = {
    name,
    label: local(field.label),
    hint: field.hint && local(field.hint),
    fault: faultOf(faults, name),
    optional: field.optional,
    value: boxText(raw, name),
    tight,
  }
  if (fitting.length === 0) {
    return (
      <>
        <Note tone="honey" small={tight}>
          {town.ofApplicant ? (
            t('no-account-theirs')
          ) : (
            <>
              {t('no-account')} <a href={url(addresses.help)}>{t('need-help')}</a>
            </>
          )}
        </Note>
        <TextField {...shared} hint={t('no-account-hint')} ltr width="mid" />
      </>
    )
  }
  return (
    <ChoiceField
      {...shared}
      options={fitting.map(account => ({
        value: account.number,
        label: t('subscription-number', { number: account.number }),
        ...(account.label !== '' && { hint: account.label }),
      }))}
    />
  )
}

/** Rows of a group: those written, and one more to write, up to as many as the form takes. */
function Rows({ field, name, raw, faults, town, grows, tight }: QuestionProps) {
  const local = useLocalized()
  const t = useTexts(citizenTexts)
  const most = field.max ?? mostRows
  const count = Math.min(Math.max(lastWritten(raw, name) + 2, field.min ?? 1), most)
  return (
    <FieldGroup
      field={{
        name,
        label: local(field.label),
        hint: field.hint && local(field.hint),
        fault: faultOf(faults, name),
        optional: field.optional,
        tight,
      }}
      anchored
    >
      {Array.from({ length: count }, (_, row) => (
        <fieldset className="pane pad mt-s" key={String(row)} id={rowId(name, row)}>
          <legend className="sm">{t('row-number', { number: row + 1 })}</legend>
          {(field.fields ?? []).map(inner => (
            <Question
              key={inner.id}
              field={inner}
              name={`${name}.${row}.${inner.id}`}
              raw={raw}
              faults={faults}
              town={town}
              tight={tight}
            />
          ))}
        </fieldset>
      ))}
      {!grows && <p className="hint">{t('row-more')}</p>}
      {grows && count < most && (
        <div className="mt-s">
          <Button
            variant="quiet"
            icon="plus"
            name="row"
            value={rowId(name, count)}
            formNoValidate
            formAction={typeof grows === 'string' ? `${grows}#${rowId(name, count)}` : undefined}
          >
            {t('row-add')}
          </Button>
        </div>
      )}
    </FieldGroup>
  )
}

/** Place of the last row with something in it; rows before it may have been left blank. */
function lastWritten(raw: Raw, name: string): number {
  const places = Object.keys(raw).flatMap(key => {
    const place = key.startsWith(`${name}.`) ? /^(\d+)\./.exec(key.slice(name.length + 1))?.[1] : undefined
    return place === undefined || !boxText(raw, key) ? [] : [Number(place)]
  })
  return Math.max(-1, ...places)
}

const mostRows = 50
const rowId = (group: string, row: number): string => `${group}-row-${row}`

/** Where a fault's link leads: the first box of a question that has several. */
export function aimedAt(fields: readonly { field: Field }[], fault: Fault): Fault {
  const asked = fields.find(({ field }) => field.id === fault.field)?.field
  const first = { address: 'block', person: 'first', 'map-point': 'lat' } as const
  const part = asked && (first as Record<string, string>)[asked.kind]
  return part ? { ...fault, field: `${fault.field}.${part}` } : fault
}
