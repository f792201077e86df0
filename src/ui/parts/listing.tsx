import { controlAttributes, FieldFrame, type FieldProps } from './field.tsx'

/** What is copied into another program's settings: as it stands, from the left, in letters of one width. */
export function Listing({ children }: { children: string }) {
  return (
    <pre className="listing" dir="ltr" lang="en">
      {children}
    </pre>
  )
}

/** Lines that are written for a program: letters of one width, so that what begins together is seen. */
export function ListingField(
  field: FieldProps & { rows?: number | undefined; maxLength?: number | undefined },
) {
  return (
    <FieldFrame field={field}>
      <textarea
        {...controlAttributes(field)}
        className="in listing"
        dir="ltr"
        rows={field.rows ?? 8}
        maxLength={field.maxLength}
        defaultValue={field.value}
        spellCheck={false}
      />
    </FieldFrame>
  )
}
