import { createContext, createElement, type ReactNode, useContext } from 'react'
import type { Address, AddressParams, Query } from '../lib/addresses.ts'
import type { Locale, Localized } from '../lib/localized.ts'
import type { IconName } from './icons.tsx'

/** A link of the navigation: words and where they lead. */
export type NavLink = { label: string; href: string; current?: boolean | undefined }

/** A link of the staff rail; `count` is what waits there. */
export type RailLink = NavLink & { icon: IconName; count?: number | undefined }

/** Links that surround every page. Offices do not know each other, so the server composes them. */
export type Navigation = {
  home: string
  /** At most four on a citizen page. */
  links: NavLink[]
  rail: RailLink[]
  /** Groups of links in the citizen footer. */
  footer: { heading: string; links: NavLink[] }[]
  /** The same page in the other language. */
  otherLanguage?: string | undefined
  signIn?: string | undefined
  account?: string | undefined
  /** The way out of whoever is logged in. */
  logOut?: { label: string; href: string } | undefined
  /** Where the command bar of the staff searches, and under which name. */
  search?: { action: string; name: string; value?: string | undefined } | undefined
}

/** What a page says of its town. */
export type TownCard = {
  name: Localized
  sealUrl?: string | undefined
  phone: string
  address: Localized
  hours: Localized
  /** What stands under the name: «البوابة الإلكترونية» unless the town says otherwise. */
  tagline?: Localized | undefined
}

/** In whose place somebody acts: by which mandate, for whom, and where they go back to their own account. */
export type Place = { mandateId: string; name: string; leave: string }

/** Hidden in every form of a citizen: in whose place it was opened. */
export const placeField = '_place'

/** Who looks at the page, as far as the page shows it. */
export type ActorCard =
  | { kind: 'anonymous' }
  | { kind: 'citizen'; name: string; place?: Place | undefined }
  | { kind: 'staff'; name: string; office?: string | undefined; post?: string | undefined }

/** What was just done, shown once after a redirect. Only what can be undone carries `undo`. */
export type Flash = {
  text: string
  tone?: 'info' | 'olive' | 'honey' | 'sumac' | undefined
  undo?: string | undefined
}

/** Writes an address; parameters are asked for exactly where the pattern names them. */
export type WriteUrl = <P extends string>(
  address: Address<P>,
  ...rest: keyof AddressParams<P> extends never
    ? [params?: AddressParams<P>, query?: Query]
    : [params: AddressParams<P>, query?: Query]
) => string

/** Everything a page knows of the request it answers. Made at the HTTP edge, read by `usePage()`. */
export type Page = {
  locale: Locale
  dir: 'rtl' | 'ltr'
  town: TownCard
  actor: ActorCard
  navigation: Navigation
  nonce: string
  /** Writes an address of this town. */
  url: WriteUrl
  /** Public address of a built file: `citizen.css`, `staff.css`, `citizen.js`, `staff.js`, `shubbak-sans-ar-400.woff2`, `mark.svg`. */
  asset: (name: string) => string
  /** Stands above what the page itself shows: the visit at the window, on pages of the counter. */
  deskHead?: ReactNode
  /** As of when what the page shows is, where that is some seconds ago. */
  asOf?: Date | undefined
  now: Date
  timeZone: string
  /** Makes a form safe to repeat; a fresh one for each rendering. */
  idempotencyKey: string
  currentAddress: string
  csrf?: string | undefined
  flash?: Flash | undefined
  /** Sentences that were typed, and that a refusal shows nowhere else. */
  typedWords?: readonly string[] | undefined
  /** Fixed by the person's setting; absent follows the system. */
  theme?: 'light' | 'dark' | undefined
  /** False when the person turned keyboard shortcuts off. */
  shortcuts?: boolean | undefined
  /** Where live news of this person's work come from (one stream for all tabs). */
  liveUrl?: string | undefined
}

const PageContext = createContext<Page | undefined>(undefined)

/** Gives the page to every part below. */
export function PageProvider({ page, children }: { page: Page; children: ReactNode }) {
  return createElement(PageContext.Provider, { value: page }, children)
}

/** The page being rendered. */
export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('a part was rendered outside PageProvider')
  return page
}
