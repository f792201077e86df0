import type { ReactNode } from 'react'

/** A region of the page that is fetched again when news of its name arrive. */
export function LiveRegion({ topic, children }: { topic: string; children: ReactNode }) {
  return <div data-live={topic}>{children}</div>
}

/** What somebody wrote, set apart and never reworded. */
export function Written({ children }: { children: string }) {
  return (
    <q className="quoted">
      <bdi className="written">{children}</bdi>
    </q>
  )
}
