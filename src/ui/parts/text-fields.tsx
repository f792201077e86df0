import type { Currency } from '../../lib/money.ts'
import { currencyWord } from '../../lib/money.ts'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { controlAttributes, FieldFrame, type FieldProps } from './field.tsx'

/** How wide a control stands: as wide as what is typed into it. */
export type Width = 'short' | 'mid' | 'full'

const WIDTH: Record<Width, string> = { short: 'in short', mid: 'in mid', full: 'in' }

export type TextFieldProps = FieldProps & {
  width?: Width | undefined
  maxLength?: number | undefined
  placeholder?: string | undefined
  /** Digits and codes run left to right and stand at the side where reading starts. */
  ltr?: boolean | undefined
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search' | undefined
  type?: 'text' | 'password' | 'email' | 'search' | undefined
  spellCheck?: boolean | undefined
  autoFocus?: boolean | undefined
  /** Key that brings the cursor here. */
  hotkey?: string | undefined
  /** Name for an enhancement that reads this field, such as `received` of the fee gate. */
  hook?: string | undefined
}

/** One line of text. */
export function TextField(field: TextFieldProps) {
  return (
    <FieldFrame field={field}>
      <TextControl {...field} />
    </FieldFrame>
  )
}

/** The control alone, for fields made of several. */
export function TextControl(field: TextFieldProps) {
  return (
    <input
      {...controlAttributes(field)}
      className={WIDTH[field.width ?? 'full']}
      type={field.type ?? 'text'}
      dir={field.ltr ? 'ltr' : undefined}
      defaultValue={field.value}
      maxLength={field.maxLength}
      placeholder={field.placeholder}
      inputMode={field.inputMode}
      autoComplete={field.autoComplete ?? 'off'}
      spellCheck={field.spellCheck}
      // biome-ignore lint/a11y/noAutofocus: only where the page asks for one thing, such as a code by telephone
      autoFocus={field.autoFocus}
      data-key={field.hotkey}
      data-role={field.hook}
    />
  )
}

/** Several lines of text. */
export function LongTextField(
  field: FieldProps & { rows?: number | undefined; maxLength?: number | undefined },
) {
  return (
    <FieldFrame field={field}>
      <textarea
        {...controlAttributes(field)}
        className="in"
        rows={field.rows ?? 3}
        maxLength={field.maxLength}
        defaultValue={field.value}
      />
    </FieldFrame>
  )
}

/** A number. Typed as text, so that \u0660-\u0669 and a pasted comma are not refused before we can read them. */
export function NumberField(
  field: FieldProps & { decimal?: boolean | undefined; unit?: string | undefined },
) {
  return (
    <FieldFrame field={field}>
      <span className="with-unit">
        <TextControl {...field} ltr width="short" inputMode={field.decimal ? 'decimal' : 'numeric'} />
        {field.unit && <span className="mut">{field.unit}</span>}
      </span>
    </FieldFrame>
  )
}

/** An amount in one currency, whose word stands beside it. */
export function MoneyField(field: FieldProps & { currency: Currency; hook?: string | undefined }) {
  const { locale } = usePage()
  return (
    <FieldFrame field={field}>
      <span className="with-unit">
        <TextControl {...field} ltr width="short" inputMode="decimal" />
        <span className="mut">{currencyWord(field.currency, locale)}</span>
      </span>
    </FieldFrame>
  )
}

/**
 * A date typed as day/month/year. One box: it takes a paste, either kind of digits, and a date long past without
 * a calendar to leaf through.
 */
export function DateField(field: FieldProps) {
  const word = useWords()
  return (
    <FieldFrame field={{ ...field, hint: field.hint ?? word('date-hint') }}>
      <TextControl
        {...field}
        hint={field.hint ?? word('date-hint')}
        ltr
        width="short"
        inputMode="numeric"
        maxLength={14}
      />
    </FieldFrame>
  )
}

/** An identity number: nine digits. A check digit that does not agree is a `warning`, never a fault. */
export function NationalIdField(field: FieldProps) {
  const word = useWords()
  const hint = field.hint ?? word('national-id-hint')
  return (
    <TextField {...field} hint={hint} ltr width="mid" inputMode="numeric" maxLength={20} spellCheck={false} />
  )
}

/** A telephone, typed as people write it. */
export function PhoneField(field: FieldProps & { hotkey?: string | undefined }) {
  return (
    <TextField
      {...field}
      ltr
      width="mid"
      inputMode="tel"
      maxLength={24}
      autoComplete={field.autoComplete ?? 'tel'}
    />
  )
}

/** The code that was sent to a telephone: pasted, or filled in by the telephone itself. */
export function CodeField(field: FieldProps) {
  return (
    <TextField
      {...field}
      ltr
      width="short"
      inputMode="numeric"
      maxLength={10}
      autoComplete="one-time-code"
      autoFocus
    />
  )
}

/** A secret. */
export function PasswordField(field: FieldProps & { fresh?: boolean | undefined }) {
  return (
    <TextField
      {...field}
      value={undefined}
      type="password"
      ltr
      width="mid"
      autoComplete={field.fresh ? 'new-password' : 'current-password'}
    />
  )
}
