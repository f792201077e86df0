import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { FieldError, type FieldFault, fieldId, useFaultText } from './fault.tsx'
import { Note } from './note.tsx'
import { say } from './say.tsx'

/** What every field takes. */
export type FieldProps = {
  name: string
  label: ReactNode
  hint?: ReactNode
  /** As it was typed, also when it was wrong. */
  value?: string | undefined
  fault?: FieldFault | undefined
  /** Says something without blocking, as a check digit that does not agree does. */
  warning?: FieldFault | undefined
  /** Marked with words; what is required is not marked. */
  optional?: boolean | undefined
  autoComplete?: string | undefined
  /** Less room below, for dense staff forms. */
  tight?: boolean | undefined
  /** The label is read aloud but not shown. */
  labelHidden?: boolean | undefined
}

/** Attributes that tie a control to its hint and its fault. */
export type ControlAttributes = {
  id: string
  name: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
}

/** Attributes of a field's control. */
export function controlAttributes({ name, hint, fault, warning }: FieldProps): ControlAttributes {
  const id = fieldId(name)
  const described = [hint && `${id}-hint`, fault && `${id}-err`, warning && `${id}-warn`].filter(Boolean)
  return {
    id,
    name,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': fault ? true : undefined,
  }
}

/** Words after a label that the field may stay empty. */
export function OptionalMark() {
  const word = useWords()
  return <span className="opt-word"> {word('optional')}</span>
}

/** Hint, fault and warning, in the order they are read. */
export function FieldNotes({ name, hint, fault, warning }: FieldProps) {
  const id = fieldId(name)
  return (
    <>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {say(hint)}
        </p>
      )}
      {fault && <FieldError id={`${id}-err`} fault={fault} />}
      {warning && <FieldWarning id={`${id}-warn`} warning={warning} />}
    </>
  )
}

function FieldWarning({ id, warning }: { id: string; warning: FieldFault }) {
  const text = useFaultText()
  return (
    <div id={id} className="warn-note">
      <Note tone="honey" small>
        {text(warning)}
      </Note>
    </div>
  )
}

/** A field of one control: label, hint, fault, control, in that order. */
export function FieldFrame({ field, children }: { field: FieldProps; children: ReactNode }) {
  return (
    <div className={frameClass(field)}>
      <label htmlFor={fieldId(field.name)} className={field.labelHidden ? 'vh' : undefined}>
        {say(field.label)}
        {field.optional && <OptionalMark />}
      </label>
      <FieldNotes {...field} />
      {children}
    </div>
  )
}

/** A field of several controls under one question. The first control carries the id a fault's link leads to. */
export function FieldGroup({
  field,
  large,
  anchored = large,
  children,
}: {
  field: FieldProps
  /** The question stands above whole fields, not above choices. */
  large?: boolean | undefined
  /** A fault's link leads to the group itself, since no control of it carries the field's own name. */
  anchored?: boolean | undefined
  children: ReactNode
}) {
  const { 'aria-describedby': described } = controlAttributes(field)
  return (
    <fieldset
      className={`${frameClass(field)}${large ? ' group' : ''}`}
      id={anchored ? fieldId(field.name) : undefined}
      tabIndex={anchored ? -1 : undefined}
      aria-describedby={described}
    >
      <legend className={field.labelHidden ? 'vh' : undefined}>
        {say(field.label)}
        {field.optional && <OptionalMark />}
      </legend>
      <FieldNotes {...field} />
      {children}
    </fieldset>
  )
}

function frameClass({ fault, tight }: FieldProps): string {
  return `f${tight ? ' tight' : ''}${fault ? ' bad' : ''}`
}
