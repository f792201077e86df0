import type { ReactNode } from 'react'

/**
 * What a form will do, as far as it is filled in. With script it follows what is typed: the form is sent to its own address under the
 * name `_foresee`, which does nothing and answers with the page. Without script `children` carries the button of that name.
 */
export function Foreseen({ children }: { children: ReactNode }) {
  return (
    <div className="foreseen" data-foreseen="" aria-live="polite">
      {children}
    </div>
  )
}

/** Name of the button that asks what a form would do. */
export const FORESEE_FIELD = '_foresee'
