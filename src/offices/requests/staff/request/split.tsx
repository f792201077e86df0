import { addresses } from '../../../../lib/addresses.ts'
import {
  Crumbs,
  Head,
  KeyHints,
  Pane,
  SelectLinks,
  StaffLayout,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { idParam, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../../web/route.ts'
import { requestNumber } from '../../model.ts'
import type { AttachedPaper } from '../../papers.ts'
import { AnswerPages } from './answers.tsx'
import { loadRequest, openedToWork, type RequestView } from './load.ts'
import { Notes } from './notes.tsx'
import { PaperViewer, paperToShow, usePaperName } from './paper-viewer.tsx'
import { actText, actTexts } from './strings.ts'

/** What stands beside a paper when it is not another paper. */
const answersBeside = 'answers'

/** A paper large, and beside it another, or what was written in the request: to be compared line by line. */
export const splitRoute: Route = route({
  method: 'get',
  address: addresses.officePapers,
  access: staff('paper.read', 'request.read'),
  audit: looks('request.opened'),
  handle: async call => {
    const id = idParam(call, 'id')
    const view = await read(call, async tx => {
      const opening = { ...openedToWork, reads: 'paper.read' } as const
      return loadRequest(tx, call, id, opening, call.query.task)
    })
    const number = requestNumber(view.request)
    return showPage(
      call,
      <Split view={view} query={call.query} title={actText(call.locale, 'split-title', { number })} />,
    )
  },
})

function Split({ view, query, title }: { view: RequestView; query: Record<string, string>; title: string }) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const nameOf = usePaperName(view)
  const { id } = view.request
  const paper = paperToShow(view, query)
  const other = view.papers.find(({ documentId }) => documentId === query.beside)
  const beside = other ? other.documentId : answersBeside
  const at = (document: string | undefined, next: string) =>
    url(addresses.officePapers, { id }, { task: view.task?.id, document, beside: next })
  const back = url(addresses.officeRequest, { id }, { task: view.task?.id, document: paper?.documentId })
  return (
    <StaffLayout title={title}>
      <Crumbs links={[{ label: requestNumber(view.request), href: back }]} />
      <Head title={title} sub={t('split-sub')} />
      {!paper && <p className="pad sm mut">{t('papers-none')}</p>}
      {paper && (
        <>
          <SelectLinks
            label={t('split-beside')}
            links={[
              { label: t('answers'), href: at(paper.documentId, answersBeside), current: !other },
              ...view.papers
                .filter(each => each !== paper)
                .map(each => ({
                  label: nameOf(each.paperId),
                  href: at(paper.documentId, each.documentId),
                  current: each === other,
                })),
            ]}
          />
          <Zones kind="half">
            <Side view={view} paper={paper} name={nameOf(paper.paperId)} hrefOf={next => at(next, beside)} />
            {other ? (
              <Side
                view={view}
                paper={other}
                name={nameOf(other.paperId)}
                hrefOf={next => at(paper.documentId, next)}
                second
              />
            ) : (
              <Pane id="answers" title={t('answers')} pad={false}>
                <AnswerPages view={view} />
              </Pane>
            )}
          </Zones>
        </>
      )}
      <KeyHints
        hints={[
          { keys: '+', label: t('key-zoom-in') },
          { keys: '-', label: t('key-zoom-out') },
          { keys: 'T', label: t('key-turn') },
          { keys: 'F', label: t('key-full') },
          { keys: ',', label: t('key-previous') },
          { keys: '.', label: t('key-next') },
        ]}
      />
    </StaffLayout>
  )
}

function Side({
  view,
  paper,
  name,
  hrefOf,
  second,
}: {
  view: RequestView
  paper: AttachedPaper
  name: string
  hrefOf: (documentId: string) => string
  second?: boolean
}) {
  return (
    <Pane id={second ? 'beside' : 'paper'} title={name} pad={false}>
      <PaperViewer view={view} paper={paper} hrefOf={hrefOf} unkeyed={second} />
      <Notes view={view} paper={paper} shown={{ typed: {} }} readOnly />
    </Pane>
  )
}
