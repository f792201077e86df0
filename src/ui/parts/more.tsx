import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** Acts that are seldom needed, behind three dots; opens without script. */
export function More({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="menu">
      <summary className="btn b3" aria-label={label} title={label}>
        <Icon name="more" />
      </summary>
      <div className="menu-in">{children}</div>
    </details>
  )
}
