import type { Fault } from '../../lib/errors.ts'
import { useWords } from '../words.ts'
import { faultOf } from './fault.tsx'
import { FieldGroup, type FieldProps } from './field.tsx'
import { NationalIdField, TextField } from './text-fields.tsx'

/** The four parts of a name as on the identity card, and its number. */
export type PersonPart = 'first' | 'father' | 'grandfather' | 'family' | 'nationalId'

export type PersonFieldProps = Omit<FieldProps, 'value'> & {
  /** By part; posts as `NAME.first` and so on. */
  values?: Partial<Record<string, string | undefined>> | undefined
  faults?: readonly Fault[] | undefined
  warnings?: readonly Fault[] | undefined
}

const NAMES = ['first', 'father', 'grandfather', 'family'] as const

/** Another person: four names, since one name tells nobody apart, and the identity number. */
export function PersonField({ values = {}, faults, warnings, ...field }: PersonFieldProps) {
  const word = useWords()
  const number = `${field.name}.nationalId`
  return (
    <FieldGroup field={field} large>
      <div className="levels">
        {NAMES.map(part => (
          <TextField
            key={part}
            name={`${field.name}.${part}`}
            label={word(`person-${part}`)}
            value={values[part]}
            fault={faultOf(faults, `${field.name}.${part}`)}
            tight
          />
        ))}
      </div>
      <NationalIdField
        name={number}
        label={word('person-nationalId')}
        value={values.nationalId}
        fault={faultOf(faults, number)}
        warning={faultOf(warnings, number)}
        tight
      />
    </FieldGroup>
  )
}
