import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import {
  DocumentViewer,
  LinkButton,
  useLocalized,
  usePage,
  useTexts,
  type ViewerDocument,
  type ViewerPage,
} from '../../../../ui/index.ts'
import { mostPagesShown } from '../../../archive/index.ts'
import { letterPaper } from '../../letters/acts.ts'
import type { AttachedPaper } from '../../papers.ts'
import { paperName } from '../../proofs.ts'
import { actAddress } from './acts-bar.tsx'
import type { RequestView } from './load.ts'
import { actTexts } from './strings.ts'

/** What a paper is called, also one that came with a letter. */
export function usePaperName({ service }: Pick<RequestView, 'service'>): (paperId: string) => string {
  const t = useTexts(actTexts)
  const local = useLocalized()
  return paperId => {
    const name = paperName(service.definition, paperId)
    return name ? local(name) : paperId === letterPaper ? t('letter-paper') : paperId
  }
}

/** The paper asked for; the one an officer is about to ask for again; one that has just arrived; else the first. */
export function paperToShow(
  { papers, actions }: Pick<RequestView, 'papers' | 'actions'>,
  query: Record<string, string>,
): AttachedPaper | undefined {
  const came = actions.at(-1)?.name === 'supply-papers' ? papers.at(-1) : undefined
  return (
    papers.find(({ documentId }) => documentId === query.document) ??
    papers.findLast(({ paperId }) => paperId === query.paper) ??
    came ??
    papers.at(0)
  )
}

/** Whether the same paper was handed in again later. */
const isOutdated = (papers: AttachedPaper[], { paperId, documentId }: AttachedPaper): boolean =>
  papers.findLast(each => each.paperId === paperId)?.documentId !== documentId

function titleOf(papers: AttachedPaper[], paper: AttachedPaper) {
  if (paper.scan === 'infected') return 'paper-infected'
  if (paper.scan === 'waiting') return 'paper-waits'
  return isOutdated(papers, paper) ? 'paper-earlier' : 'paper-title'
}

type PaperViewerProps = {
  view: RequestView
  paper: AttachedPaper
  /** Where another paper is shown in this place. */
  hrefOf: (documentId: string) => string
  /** Where this paper stands beside another. */
  beside?: string | undefined
  /** Notes can be put on its pages from here. */
  noting?: boolean | undefined
  /** A second viewer on the page leaves the keys to the first. */
  unkeyed?: boolean | undefined
}

/** A paper page by page with the notes on it, and the way to the others. */
export function PaperViewer({ view, paper, hrefOf, beside, noting, unkeyed }: PaperViewerProps) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const nameOf = usePaperName(view)
  const { papers, acts } = view
  const place = papers.indexOf(paper)
  const to = (step: number) => {
    const other = papers[place + step]
    return other && hrefOf(other.documentId)
  }
  const asks = acts.some(({ name, disabledBecause }) => name === 'ask-papers' && !disabledBecause)
  const unclear: ReactNode = asks && (
    <LinkButton
      href={`${actAddress(url, view, 'ask-papers', { paper: paper.paperId, document: paper.documentId })}#act`}
      variant="plain"
      icon="gap"
    >
      {t('paper-unclear')}
    </LinkButton>
  )
  return (
    <DocumentViewer
      pages={usePagesOf(view, paper, nameOf(paper.paperId))}
      original={url(addresses.document, { id: paper.documentId })}
      download={url(addresses.document, { id: paper.documentId }, { download: 1 })}
      previous={to(-1)}
      next={to(1)}
      beside={beside}
      noting={noting}
      unkeyed={unkeyed}
      documents={papers.map(
        (each): ViewerDocument => ({
          id: each.documentId,
          href: hrefOf(each.documentId),
          title: t(titleOf(papers, each), { name: nameOf(each.paperId), pages: each.pages ?? 1 }),
          state: each.state === 'refused' || titleOf(papers, each) !== 'paper-title' ? 'warn' : 'ok',
          current: each === paper,
          thumbnail:
            each.hasThumbnail && each.scan !== 'infected'
              ? url(addresses.documentThumbnail, { id: each.documentId })
              : undefined,
        }),
      )}
      unclear={unclear}
    />
  )
}

/** Pictures of the pages, each with the notes that point at it. */
function usePagesOf(view: RequestView, paper: AttachedPaper, name: string): ViewerPage[] {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const id = paper.documentId
  const notes = view.notes
    .filter(({ documentId }) => documentId === id)
    .map((note, place) => ({ ...note, number: place + 1 }))
  const pageAt = (number: number, src: string): ViewerPage => ({
    number,
    src,
    alt: number === 1 ? name : t('page-of', { name, page: number }),
    pins: notes.filter(({ page }) => page === number).map(({ x, y, number: pin }) => ({ x, y, number: pin })),
  })
  if (paper.scan === 'infected') return []
  const isPicture = paper.scan !== 'waiting' && (paper.type === 'image/jpeg' || paper.type === 'image/png')
  const first = paper.hasPreview
    ? url(addresses.documentPreview, { id })
    : isPicture
      ? url(addresses.document, { id })
      : undefined
  if (first === undefined) return []
  if (paper.type !== 'application/pdf') return [pageAt(1, first)]
  const count = Math.min(paper.pages ?? 1, mostPagesShown)
  return Array.from({ length: count }, (_, place) =>
    pageAt(place + 1, place === 0 ? first : url(addresses.documentPage, { id, page: place + 1 })),
  )
}
