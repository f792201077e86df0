import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { ToolButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

export type ViewerPage = {
  /** Picture of the page. */
  src: string
  alt: string
}

export type ViewerDocument = {
  id: string
  href: string
  title: ReactNode
  state: 'ok' | 'warn' | 'missing'
  current?: boolean | undefined
  thumbnail?: string | undefined
}

export type DocumentViewerProps = {
  pages: ViewerPage[]
  /** The file as it came, to be opened or kept. */
  original: string
  download?: string | undefined
  documents?: ViewerDocument[] | undefined
  /** «هذه ناقصة أو غير واضحة»: the way from this very page to asking for it again. */
  unclear?: ReactNode
  /** Shown where a file has no pictures of its pages. */
  unseen?: ReactNode
  /** The whole file in the browser's own reader, where its pictures are not all of it. */
  reader?: { src: string; title: string } | undefined
}

/**
 * Papers as pictures, page under page. Zoom, turn and full screen come with script; without it each page is a link to
 * the file, and the browser's own zoom serves.
 */
export function DocumentViewer({
  pages,
  original,
  download,
  documents,
  unclear,
  unseen,
  reader,
}: DocumentViewerProps) {
  const word = useWords()
  return (
    <div className="viewer" data-viewer="">
      <div className="tools">
        <span className="tools-js" hidden data-tools="">
          <ToolButton icon="zin" label={word('view-zoom-in')} tool="zoom-in" />
          <ToolButton icon="zout" label={word('view-zoom-out')} tool="zoom-out" />
          <ToolButton icon="turn" label={word('view-turn')} tool="turn" />
          <ToolButton icon="full" label={word('view-full')} tool="full" />
        </span>
        <span className="push row">
          {unclear}
          <ToolButton icon="dl" label={word('view-download')} href={download ?? original} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="stage" tabIndex={0} aria-label={word('view-stage')}>
        {pages.length === 0 && !reader && (
          <p className="unseen">
            {say(unseen ?? word('view-none'))} <a href={original}>{word('view-open')}</a>
          </p>
        )}
        {pages.map((page, place) => (
          <a className="leaf" key={page.src} href={original} target="_blank" rel="noopener">
            <img className="sheet" src={page.src} alt={page.alt} loading={place === 0 ? undefined : 'lazy'} />
          </a>
        ))}
        {reader && <iframe className="reader" src={reader.src} title={reader.title} loading="lazy" />}
      </section>
      {documents && documents.length > 0 && <Strip documents={documents} />}
    </div>
  )
}

const SIGN = { ok: 'ok', warn: 'warn', missing: 'gap' } as const
const COLOUR = { ok: 'ok-c', warn: 'warn-c', missing: 'stop-c' }

/** All papers of a request in a strip: links, the shown one marked. */
function Strip({ documents }: { documents: ViewerDocument[] }) {
  const word = useWords()
  return (
    <nav className="strip" aria-label={word('view-strip')}>
      {documents.map(document => (
        <a key={document.id} href={document.href} aria-current={document.current ? 'page' : undefined}>
          <span className={COLOUR[document.state]}>
            <Icon name={SIGN[document.state]} label={word(`paper-${document.state}`)} />
          </span>
          {document.thumbnail && <img src={document.thumbnail} alt="" loading="lazy" />}
          <span>{say(document.title)}</span>
        </a>
      ))}
    </nav>
  )
}
