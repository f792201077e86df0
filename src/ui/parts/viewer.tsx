import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { ToolButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

export type ViewerPage = {
  /** Picture of the page. */
  src: string
  alt: string
  /** Which page of the file it is. */
  number?: number | undefined
  /** Notes that point at it, in thousandths of the page from its top left corner. */
  pins?: { x: number; y: number; number: number }[] | undefined
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
  /** The papers before and after this one. */
  previous?: string | undefined
  next?: string | undefined
  /** Where it stands beside another. */
  beside?: string | undefined
  /** Notes can be put on a page: the form for one is marked `data-note-form`. */
  noting?: boolean | undefined
  /** Leaves the keys to another viewer of the page. */
  unkeyed?: boolean | undefined
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
  previous,
  next,
  beside,
  noting,
  unkeyed,
}: DocumentViewerProps) {
  const word = useWords()
  const key = (name: string) => (unkeyed ? undefined : name)
  return (
    <div className="viewer" data-viewer="">
      <div className="tools">
        <span className="tools-js" hidden data-tools="">
          <ToolButton icon="zin" label={word('view-zoom-in')} tool="zoom-in" hotkey={key('Equal')} />
          <ToolButton icon="zout" label={word('view-zoom-out')} tool="zoom-out" hotkey={key('Minus')} />
          <ToolButton icon="turn" label={word('view-turn')} tool="turn" hotkey={key('KeyT')} />
          <ToolButton icon="full" label={word('view-full')} tool="full" hotkey={key('KeyF')} />
          {noting && <ToolButton icon="pin" label={word('view-note')} tool="note" hotkey={key('KeyN')} />}
        </span>
        <span className="push row">
          {unclear}
          {previous && (
            <ToolButton icon="back" label={word('view-previous')} href={previous} hotkey={key('Comma')} />
          )}
          {next && <ToolButton icon="fwd" label={word('view-next')} href={next} hotkey={key('Period')} />}
          {beside && <ToolButton icon="docx" label={word('view-beside')} href={beside} />}
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
          <a
            className="leaf"
            key={page.src}
            href={original}
            target="_blank"
            rel="noopener"
            data-page={page.number ?? place + 1}
          >
            <img className="sheet" src={page.src} alt={page.alt} loading={place === 0 ? undefined : 'lazy'} />
            {page.pins && page.pins.length > 0 && <Pins pins={page.pins} />}
          </a>
        ))}
        {reader && <iframe className="reader" src={reader.src} title={reader.title} loading="lazy" />}
      </section>
      {documents && documents.length > 0 && <Strip documents={documents} />}
    </div>
  )
}

/** Numbers on a page where its notes point; the notes themselves stand below. */
function Pins({ pins }: { pins: NonNullable<ViewerPage['pins']> }) {
  return (
    <svg className="pins" aria-hidden="true" focusable="false">
      {pins.map(({ x, y, number }) => (
        <g key={number}>
          <circle cx={`${x / 10}%`} cy={`${y / 10}%`} r="12" />
          <text x={`${x / 10}%`} y={`${y / 10}%`} dy=".35em" textAnchor="middle">
            {number}
          </text>
        </g>
      ))}
    </svg>
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
