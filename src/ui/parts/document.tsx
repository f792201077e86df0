import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized, useWords } from '../words.ts'

export type DocumentProps = {
  /** Without the town's name, which is added. With faults it opens with the word for error. */
  title: string
  side: 'citizen' | 'staff'
  /** The sheet of styles, where it is not that of the side: what only staff meet costs citizens nothing. */
  styles?: 'citizen' | 'staff' | undefined
  faulty?: boolean | undefined
  description?: string | undefined
  /** Keeps a page that is one person's out of search engines. */
  unlisted?: boolean | undefined
  bodyClass?: string | undefined
  /** Where news of the page's regions are heard; on staff pages the office's own unless given. */
  liveUrl?: string | undefined
  /** After so many seconds the page is read anew where no script runs; where one does, its live regions are. */
  refreshSeconds?: number | undefined
  children: ReactNode
}

/** The shell of every page: language, direction, title, styles, the type that is read first, and the two scripts. */
export function Document(props: DocumentProps) {
  const {
    title,
    side,
    styles = side,
    faulty,
    description,
    unlisted,
    bodyClass,
    refreshSeconds,
    children,
  } = props
  const page = usePage()
  const word = useWords()
  const local = useLocalized()
  const body = [side === 'staff' && 'staff', bodyClass].filter(Boolean).join(' ') || undefined
  return (
    <html lang={page.locale} dir={page.dir} data-theme={page.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{`${faulty ? `${word('title-fault')} ` : ''}${title} \u2014 ${local(page.town.name)}`}</title>
        {description && <meta name="description" content={description} />}
        {(unlisted || side === 'staff') && <meta name="robots" content="noindex" />}
        <meta name="theme-color" content={side === 'staff' ? '#0a3550' : '#fffefb'} />
        {refreshSeconds !== undefined && (
          <noscript>
            <meta httpEquiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <link rel="icon" type="image/svg+xml" href={page.asset('mark.svg')} />
        {page.locale === 'ar' && (
          <link
            rel="preload"
            as="font"
            type="font/woff2"
            crossOrigin="anonymous"
            href={page.asset('shubbak-sans-ar-400.woff2')}
          />
        )}
        <link rel="stylesheet" href={page.asset(styles === 'staff' ? 'staff.css' : 'citizen.css')} />
        <script
          type="module"
          nonce={page.nonce}
          src={page.asset(side === 'staff' ? 'staff.js' : 'citizen.js')}
        />
      </head>
      <body
        className={body}
        data-shortcuts={page.shortcuts === false ? 'off' : undefined}
        data-live-url={side === 'staff' ? (props.liveUrl ?? page.liveUrl) : undefined}
      >
        <a className="skip" href="#main">
          {word('skip')}
        </a>
        {children}
      </body>
    </html>
  )
}
