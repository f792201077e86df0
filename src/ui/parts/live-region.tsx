import type { ReactNode } from 'react'

/** A region of the page that is fetched again when news of its name arrive. */
export function LiveRegion({
  topic,
  every,
  children,
}: {
  topic: string
  /** And each so many seconds, where it shows the time. */
  every?: number | undefined
  children: ReactNode
}) {
  return (
    <div data-live={topic} data-live-every={every}>
      {children}
    </div>
  )
}

/** What somebody wrote, set apart and never reworded. */
export function Written({ children }: { children: string }) {
  return (
    <q className="quoted">
      <bdi className="written">{children}</bdi>
    </q>
  )
}
