import type { ReactNode } from 'react'
import { addresses } from '../../lib/addresses.ts'
import type { Fault } from '../../lib/errors.ts'
import { PageProvider, StaffLayout, usePage } from '../../ui/index.ts'

export type CounterLayoutProps = {
  title: string
  faults?: readonly Fault[] | undefined
  /** The search in the bar looks at the counter; off on the page that is the search. */
  bar?: boolean | undefined
  children: ReactNode
}

/** A page of the counter: the bar's search finds whoever stands at the window, and F2 is its key. */
export function CounterLayout({ title, faults, bar = true, children }: CounterLayoutProps) {
  const page = usePage()
  const search = bar ? { action: page.url(addresses.counter), name: 'q' } : undefined
  return (
    <PageProvider page={{ ...page, navigation: { ...page.navigation, search } }}>
      <StaffLayout title={title} faults={faults}>
        {page.deskHead}
        {children}
      </StaffLayout>
    </PageProvider>
  )
}
