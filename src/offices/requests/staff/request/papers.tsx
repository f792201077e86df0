import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  DateText,
  DocumentViewer,
  Form,
  LinkButton,
  Note,
  Pane,
  type PaneProps,
  Row,
  Thread,
  useLocalized,
  usePage,
  useTexts,
  type ViewerDocument,
} from '../../../../ui/index.ts'
import { letterPaper } from '../../letters/acts.ts'
import type { AttachedPaper } from '../../papers.ts'
import { paperName } from '../../proofs.ts'
import { actAddress } from './acts-bar.tsx'
import type { RequestView } from './load.ts'
import type { RequestPageProps } from './page.tsx'
import { actTexts } from './strings.ts'

type Props = RequestPageProps & { order: PaneProps['order'] }

/** What was handed in, the chosen one large; those still missing stand among them. */
export function Papers({ view, call, order }: Props) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { papers, rights, request, service, acts } = view
  const nameOf = (paperId: string) => {
    const name = paperName(service.definition, paperId)
    return name ? local(name) : paperId === letterPaper ? t('letter-paper') : paperId
  }
  const shown = paperToShow(view, call.query)
  const count = t('papers-count', { count: new Set(papers.map(({ paperId }) => paperId)).size })
  const asks = acts.some(({ name, disabledBecause }) => name === 'ask-papers' && !disabledBecause)
  return (
    <Pane
      id="papers"
      title={t('papers')}
      aside={count}
      end={shown && nameOf(shown.paperId)}
      pad={false}
      order={order}
    >
      <MissingPapers view={view} nameOf={nameOf} />
      {!rights['paper.read'] && <p className="pad sm mut">{t('papers-hidden')}</p>}
      {rights['paper.read'] && papers.length === 0 && <p className="pad sm mut">{t('papers-none')}</p>}
      {rights['paper.read'] && shown && (
        <>
          <DocumentViewer
            pages={pagesOf(shown, nameOf(shown.paperId), url)}
            reader={
              shown.type === 'application/pdf' && (shown.pages ?? 1) > 1
                ? { src: url(addresses.document, { id: shown.documentId }), title: nameOf(shown.paperId) }
                : undefined
            }
            original={url(addresses.document, { id: shown.documentId })}
            download={url(addresses.document, { id: shown.documentId }, { download: 1 })}
            documents={papers.map(
              (paper): ViewerDocument => ({
                id: paper.documentId,
                href: `${url(addresses.officeRequest, { id: request.id }, { task: view.task?.id, document: paper.documentId })}#papers`,
                title: t(isOutdated(papers, paper) ? 'paper-earlier' : 'paper-title', {
                  name: nameOf(paper.paperId),
                  pages: paper.pages ?? 1,
                }),
                state: paper.state === 'refused' || isOutdated(papers, paper) ? 'warn' : 'ok',
                current: paper === shown,
                thumbnail: paper.hasThumbnail
                  ? url(addresses.documentThumbnail, { id: paper.documentId })
                  : undefined,
              }),
            )}
            unclear={
              asks && (
                <LinkButton
                  href={`${actAddress(url, view, 'ask-papers', { paper: shown.paperId, document: shown.documentId })}#act`}
                  variant="plain"
                  icon="gap"
                >
                  {t('paper-unclear')}
                </LinkButton>
              )
            }
          />
          <PaperMark view={view} paper={shown} />
        </>
      )}
    </Pane>
  )
}

/** The paper asked for; the one an officer is about to ask for again; one that has just arrived; else the first. */
function paperToShow(
  { papers, actions }: RequestView,
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

function pagesOf(paper: AttachedPaper, name: string, url: ReturnType<typeof usePage>['url']) {
  const alt = name
  if (paper.hasPreview) return [{ src: url(addresses.documentPreview, { id: paper.documentId }), alt }]
  const shows = paper.type === 'image/jpeg' || paper.type === 'image/png'
  return shows ? [{ src: url(addresses.document, { id: paper.documentId }), alt }] : []
}

/** Whether the same paper was handed in again later. */
const isOutdated = (papers: AttachedPaper[], { paperId, documentId }: AttachedPaper): boolean =>
  papers.findLast(each => each.paperId === paperId)?.documentId !== documentId

function MissingPapers({ view, nameOf }: { view: RequestView; nameOf: (id: string) => string }) {
  const t = useTexts(actTexts)
  const { missingPapers } = view.request.projection
  if (missingPapers.length === 0) return null
  return (
    <div className="pad">
      {missingPapers.map(({ id, words, askedAt }) => (
        <Note key={id} tone="sumac" icon="gap" title={nameOf(id)} small>
          {words && <bdi className="written">{words} </bdi>}
          {t('asked-on')} <DateText value={askedAt} form="moment" />
        </Note>
      ))}
    </div>
  )
}

/** Whether this paper does, in the officer's judgement; a mark, not an act: the request stays where it is. */
function PaperMark({ view, paper }: { view: RequestView; paper: AttachedPaper }) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const works =
    view.task !== undefined &&
    view.task.purpose !== 'information' &&
    view.acts.some(({ disabledBecause }) => !disabledBecause)
  const said =
    paper.state === 'accepted'
      ? t('paper-accepted')
      : paper.state === 'refused'
        ? t('paper-refused')
        : paper.state === 'offered'
          ? t('paper-offered')
          : t('paper-came')
  return (
    <div className="pad bound">
      <Row apart>
        <span className="sm mut">
          {said} · <DateText value={paper.at} form="moment" />
        </span>
        {works && (
          <Form
            action={url(addresses.officePaper, { id: view.request.id, document: paper.documentId })}
            hidden={{ task: view.task?.id }}
            inline
            label={t('paper-mark')}
          >
            <Row>
              {paper.state !== 'accepted' && (
                <Button variant="plain" icon="check" name="mark" value="accepted">
                  {t('paper-accept')}
                </Button>
              )}
              {paper.state !== 'refused' && (
                <Button variant="plain" icon="x" name="mark" value="refused">
                  {t('paper-refuse')}
                </Button>
              )}
            </Row>
          </Form>
        )}
      </Row>
    </div>
  )
}

/** What the applicant was told, and whether it reached them. */
export function Messages({ view, order }: { view: RequestView; order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  if (!view.rights['messages.read'] || view.messages.length === 0) return null
  return (
    <Pane id="messages" title={t('messages')} order={order}>
      <Thread
        items={[...view.messages].reverse().map(message => ({
          id: message.id,
          from: t('from-town'),
          when: <DateText value={message.plannedAt} form="moment" />,
          about: t(`message-${message.state}`),
          mine: true,
          text: message.body,
        }))}
      />
    </Pane>
  )
}
