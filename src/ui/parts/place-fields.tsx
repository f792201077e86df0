import type { ReactNode } from 'react'
import type { Fault } from '../../lib/errors.ts'
import { useWords } from '../words.ts'
import { SelectField } from './choice-fields.tsx'
import { faultOf, fieldId } from './fault.tsx'
import { FieldGroup, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { LongTextField, TextControl, TextField } from './text-fields.tsx'

/** One level of the town's way of naming places: block, quarter, parcel; a camp has other ones. */
export type AddressLevel = {
  /** Last part of the field's name: `block` of `place` posts as `place.block`. */
  id: string
  label: ReactNode
  hint?: ReactNode
  /** Known ones to choose from; without them it is typed. */
  options?: { value: string; label: string }[] | undefined
  numeric?: boolean | undefined
  optional?: boolean | undefined
}

export type AddressFieldProps = {
  name: string
  label: ReactNode
  hint?: ReactNode
  levels: AddressLevel[]
  /** By level id, and `landmark`. */
  values?: Partial<Record<string, string>> | undefined
  faults?: readonly Fault[] | undefined
  optional?: boolean | undefined
  landmarkHint?: ReactNode
}

/** A place in the town, level by level, and what stands near it. Streets rarely have names or numbers. */
export function AddressField({
  name,
  label,
  hint,
  levels,
  values = {},
  faults,
  optional,
  landmarkHint,
}: AddressFieldProps) {
  const word = useWords()
  const field: FieldProps = { name, label, hint, fault: faultOf(faults, name), optional }
  return (
    <FieldGroup field={field} large>
      <div className="levels">
        {levels.map(level => {
          const shared = {
            name: `${name}.${level.id}`,
            label: level.label,
            hint: level.hint,
            value: values[level.id],
            fault: faultOf(faults, `${name}.${level.id}`),
            optional: level.optional,
            tight: true,
          }
          if (level.options)
            return <SelectField key={level.id} {...shared} options={level.options} width="full" />
          return (
            <TextField
              key={level.id}
              {...shared}
              ltr={level.numeric}
              inputMode={level.numeric ? 'numeric' : 'text'}
            />
          )
        })}
      </div>
      <LongTextField
        name={`${name}.landmark`}
        label={word('landmark')}
        hint={landmarkHint ?? word('landmark-hint')}
        value={values.landmark}
        fault={faultOf(faults, `${name}.landmark`)}
        optional
        rows={2}
        tight
      />
    </FieldGroup>
  )
}

export type MapPointFieldProps = Omit<FieldProps, 'value'> & {
  lat?: string | undefined
  lon?: string | undefined
}

/**
 * A point on the ground. With the telephone's help it is one press; without it two numbers from any map,
 * and both may stay empty where a landmark says enough.
 */
export function MapPointField({ lat, lon, ...field }: MapPointFieldProps) {
  const word = useWords()
  return (
    <FieldGroup field={field} anchored>
      <div className="point" data-point="">
        <button className="btn b2" type="button" data-locate="" hidden>
          <Icon name="pin" />
          <span>{word('map-locate')}</span>
        </button>
        <p
          className="sm mut"
          role="status"
          data-locate-status=""
          data-done={word('map-done')}
          data-failed={word('map-failed')}
        />
        <div className="two-f">
          {(['lat', 'lon'] as const).map(axis => (
            <div key={axis}>
              <label className="sm mut" htmlFor={fieldId(`${field.name}.${axis}`)}>
                {word(`map-${axis}`)}
              </label>
              <TextControl
                name={`${field.name}.${axis}`}
                label={field.label}
                value={axis === 'lat' ? lat : lon}
                ltr
                inputMode="decimal"
                hook={axis}
              />
            </div>
          ))}
        </div>
      </div>
    </FieldGroup>
  )
}
