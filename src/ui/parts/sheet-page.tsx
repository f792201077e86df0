import type { ReactNode } from 'react'
import { Document } from './document.tsx'
import { FlashStatus } from './note.tsx'
import { say } from './say.tsx'

export type SheetPageProps = {
  title: string
  side: 'citizen' | 'staff'
  /** The larger sheet of styles, where a sheet for everybody needs it. */
  styles?: 'staff' | undefined
  sub?: ReactNode
  /** What can be done with the sheets; not printed, and neither is the head. */
  actions?: ReactNode
  note?: ReactNode
  children: ReactNode
}

/** A page that is there to be printed: nothing of the house around its sheets but a head that stays on the screen. */
export function SheetPage({ title, side, styles, sub, actions, note, children }: SheetPageProps) {
  return (
    <Document title={title} side={side} styles={styles} unlisted>
      <main id="main" className="sheets">
        <div className="no-print head">
          <FlashStatus />
          <h1>{say(title)}</h1>
          {sub && <p className="sm">{say(sub)}</p>}
          {note}
          {actions && <div className="acts mt-s">{actions}</div>}
        </div>
        {children}
      </main>
    </Document>
  )
}
