import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { controlAttributes, FieldFrame, FieldGroup, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

/** One of the answers to choose from. */
export type Option = {
  value: string
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean | undefined
}

type CardProps = {
  type: 'radio' | 'checkbox'
  name: string
  option: Option
  checked: boolean
  id?: string | undefined
  hook?: string | undefined
}

function Card({ type, name, option, checked, id, hook }: CardProps) {
  return (
    <label className="opt">
      <input
        type={type}
        name={name}
        id={id}
        value={option.value}
        defaultChecked={checked}
        disabled={option.disabled}
        data-role={hook}
      />
      <span>
        <b>{say(option.label)}</b>
        {option.hint && <small>{say(option.hint)}</small>}
      </span>
    </label>
  )
}

export type ChoiceFieldProps = FieldProps & {
  options: Option[]
  /** Two beside each other from 48rem. */
  columns?: 2 | undefined
}

/** One answer of a few. The whole card is the target. */
export function ChoiceField(field: ChoiceFieldProps) {
  const { id } = controlAttributes(field)
  return (
    <FieldGroup field={field}>
      <div className={field.columns === 2 ? 'opts two' : 'opts'}>
        {field.options.map((option, place) => (
          <Card
            key={option.value}
            type="radio"
            name={field.name}
            option={option}
            checked={option.value === field.value}
            id={place === 0 ? id : undefined}
          />
        ))}
      </div>
    </FieldGroup>
  )
}

export type MultipleFieldProps = Omit<FieldProps, 'value'> & {
  options: Option[]
  values?: readonly string[] | undefined
  columns?: 2 | undefined
}

/** Any number of answers. */
export function MultipleField({ values = [], ...field }: MultipleFieldProps) {
  const { id } = controlAttributes(field)
  return (
    <FieldGroup field={field}>
      <div className={field.columns === 2 ? 'opts two' : 'opts'}>
        {field.options.map((option, place) => (
          <Card
            key={option.value}
            type="checkbox"
            name={field.name}
            option={option}
            checked={values.includes(option.value)}
            id={place === 0 ? id : undefined}
          />
        ))}
      </div>
    </FieldGroup>
  )
}

/** Yes or no; sends `yes` or `no`. */
export function YesNoField(field: FieldProps & { yes?: ReactNode; no?: ReactNode }) {
  const word = useWords()
  const options = [
    { value: 'yes', label: field.yes ?? word('yes') },
    { value: 'no', label: field.no ?? word('no') },
  ]
  return <ChoiceField {...field} options={options} columns={2} />
}

export type CheckFieldProps = {
  name: string
  label: ReactNode
  hint?: ReactNode
  value?: string | undefined
  checked?: boolean | undefined
  fault?: FieldProps['fault']
}

/** One thing to confirm. */
export function CheckField({ name, label, hint, value = 'yes', checked = false, fault }: CheckFieldProps) {
  const field = { name, label, fault, labelHidden: true, tight: true }
  return (
    <FieldGroup field={field}>
      <div className="opts">
        <Card
          type="checkbox"
          name={name}
          option={{ value, label, hint }}
          checked={checked}
          id={controlAttributes(field).id}
        />
      </div>
    </FieldGroup>
  )
}

export type SelectFieldProps = FieldProps & {
  options: { value: string; label: string }[]
  /** The first, empty line. */
  none?: string | undefined
  width?: 'mid' | 'full' | undefined
}

/** One of many: seven or more. Fewer are radio cards. */
export function SelectField(field: SelectFieldProps) {
  const word = useWords()
  return (
    <FieldFrame field={field}>
      <span className={field.width === 'full' ? 'pick' : 'pick mid'}>
        <select
          {...controlAttributes(field)}
          className="in"
          defaultValue={field.value ?? ''}
          autoComplete={field.autoComplete}
        >
          <option value="">{field.none ?? word('choose')}</option>
          {field.options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </FieldFrame>
  )
}

export type SegmentFieldProps = FieldProps & {
  options: { value: string; label: ReactNode }[]
  hook?: string | undefined
}

/** Two to four short answers in one bar, as the ways of paying are. */
export function SegmentField(field: SegmentFieldProps) {
  const { id } = controlAttributes(field)
  return (
    <FieldGroup field={field}>
      <div className="seg">
        {field.options.map((option, place) => (
          <label key={option.value}>
            <input
              type="radio"
              name={field.name}
              id={place === 0 ? id : undefined}
              value={option.value}
              defaultChecked={option.value === field.value}
              data-role={field.hook}
            />
            <span>{say(option.label)}</span>
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}
