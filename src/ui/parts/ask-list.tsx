import type { ReactNode } from 'react'
import { controlAttributes, FieldGroup, type FieldProps } from './field.tsx'
import { say } from './say.tsx'
import { TextField } from './text-fields.tsx'

export type AskListProps = Omit<FieldProps, 'value'> & {
  options: {
    value: string
    label: ReactNode
    chosen: boolean
    /** The line that says what is wanted of this one; shown once it is chosen. */
    words: { name: string; label: ReactNode; value?: string | undefined }
  }[]
}

/** Things to ask for, each with words of its own. Browsers that cannot tell which are chosen show all the lines. */
export function AskList({ options, ...field }: AskListProps) {
  const { id } = controlAttributes(field)
  return (
    <FieldGroup field={field}>
      <div className="opts">
        {options.map(({ value, label, chosen, words }, place) => (
          <div className="ask" key={value}>
            <label className="opt">
              <input
                type="checkbox"
                name={field.name}
                id={place === 0 ? id : undefined}
                value={value}
                defaultChecked={chosen}
              />
              <span>
                <b>{say(label)}</b>
              </span>
            </label>
            <TextField {...words} maxLength={300} optional tight />
          </div>
        ))}
      </div>
    </FieldGroup>
  )
}
