import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  DateText,
  Form,
  Note,
  Pane,
  type PaneProps,
  Row,
  Thread,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { failureWords } from '../../../messaging/index.ts'
import type { AttachedPaper } from '../../papers.ts'
import type { RequestView } from './load.ts'
import { noteField } from './note-fields.ts'
import { Notes } from './notes.tsx'
import type { RequestPageProps } from './page.tsx'
import { PaperViewer, paperToShow, usePaperName } from './paper-viewer.tsx'
import { typedOne } from './read-act.ts'
import { actTexts } from './strings.ts'

type Props = RequestPageProps & { order: PaneProps['order'] }

/** What was handed in, the chosen one large; those still missing stand among them. */
export function Papers({ view, call, shown, order }: Props) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const { papers, rights, request } = view
  const nameOf = usePaperName(view)
  const asked = typedOne(shown.typed, noteField.document)
  const paper = paperToShow(view, asked ? { document: asked } : call.query)
  const count = t('papers-count', { count: new Set(papers.map(({ paperId }) => paperId)).size })
  return (
    <Pane
      id="papers"
      title={t('papers')}
      aside={count}
      end={paper && nameOf(paper.paperId)}
      pad={false}
      order={order}
    >
      <MissingPapers view={view} nameOf={nameOf} />
      {!rights['paper.read'] && <p className="pad sm mut">{t('papers-hidden')}</p>}
      {rights['paper.read'] && papers.length === 0 && <p className="pad sm mut">{t('papers-none')}</p>}
      {rights['paper.read'] && paper && (
        <>
          <PaperViewer
            view={view}
            paper={paper}
            hrefOf={document =>
              `${url(addresses.officeRequest, { id: request.id }, { task: view.task?.id, document })}#papers`
            }
            beside={url(
              addresses.officePapers,
              { id: request.id },
              { task: view.task?.id, document: paper.documentId },
            )}
            noting={view.task !== undefined && view.task.purpose !== 'information'}
          />
          <Notes view={view} paper={paper} shown={shown} />
          <PaperMark view={view} paper={paper} />
        </>
      )}
    </Pane>
  )
}

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
          about: <MessageFate message={message} />,
          mine: true,
          text: message.body,
        }))}
      />
    </Pane>
  )
}

/** Where a message stands, and why where it did not arrive; leads to all that proves it. */
function MessageFate({ message: { id, state, failure } }: { message: RequestView['messages'][number] }) {
  const t = useTexts(actTexts)
  const { url, locale } = usePage()
  const why = failure && (state === 'failed' || state === 'uncertain' || state === 'unaddressed')
  return (
    <>
      <a href={url(addresses.message, { id })}>{t(`message-${state}`)}</a>
      {why && ` (${failureWords(locale, failure)})`}
    </>
  )
}
