import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Crumbs,
  Empty,
  Head,
  LinkButton,
  Note,
  Num,
  Pane,
  Stack,
  StaffLayout,
  Tag,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { MessageTabs } from '../../pages/tabs.tsx'
import { templateText, templateTexts } from '../strings.ts'
import { mayBeDeclined, ofOffice, type Subject } from '../subject.ts'
import { Editor, type TypedWords } from './editor.tsx'
import { loadWords, type WordsView } from './load.ts'
import { PreviewAsk, WordsPreview } from './preview-pane.tsx'
import { Deciding, type TypedDecision } from './stands.tsx'
import { History } from './versions.tsx'
import { Whose } from './words.tsx'

export type Redrawn = {
  faults?: Fault[] | undefined
  typed?: TypedWords | undefined
  decision?: TypedDecision | undefined
  /** Somebody else wrote meanwhile. */
  changed?: boolean
  status?: number
}

/** GET: the words of one occasion: what is sent, what is being written, its review, its versions. */
export async function showTemplate(call: Call): Promise<Response> {
  return drawTemplate(call, await loadWords(call))
}

export function drawTemplate(call: Call, view: WordsView, redrawn: Redrawn = {}): Response {
  const { subject, can } = view
  const { faults } = redrawn
  const word = (key: Parameters<typeof templateText>[1]) => templateText(call.locale, key)
  const title = templateTitle(call, subject)
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <MessageTabs call={call} current="templates" />
      <Crumbs
        links={[
          { label: word('title'), href: url(call, addresses.messageTemplates) },
          ...above(call, subject),
        ]}
      />
      <Head title={title} sub={<About subject={subject} />} actions={<Doors view={view} />} />
      <Zones kind="wide">
        <Stack>
          {redrawn.changed && <Note tone="honey">{word('changed')}</Note>}
          {view.broken && <Note tone="sumac">{word('broken')}</Note>}
          <Now view={view} />
          {can.write ? (
            <Editor view={view} faults={faults} typed={redrawn.typed} />
          ) : (
            view.open && <Draft view={view} />
          )}
        </Stack>
        <Stack>
          <Deciding view={view} faults={faults} typed={redrawn.decision} />
          <PreviewAsk view={view} />
          <History view={view} />
        </Stack>
      </Zones>
    </StaffLayout>,
    redrawn.status ?? (faults ? 422 : 200),
  )
}

const templateTitle = (call: Call, { name }: Subject): string =>
  call.locale === 'en' && name.en ? name.en : name.ar

function above(call: Call, { of, service }: Subject) {
  if (service) {
    const label = call.locale === 'en' ? service.name.en : service.name.ar
    return [{ label, href: url(call, addresses.messageTemplates, {}, { service: service.code }) }]
  }
  const isOffice = of === ofOffice
  const label = templateText(call.locale, isOffice ? 'view-office' : 'view-every')
  return [{ label, href: url(call, addresses.messageTemplates, {}, { view: isOffice ? 'office' : '' }) }]
}

/** Whose message it is, of what kind, and whom it reaches. */
function About({ subject: { service, of, kind } }: { subject: Subject }) {
  const t = useTexts(templateTexts)
  const local = useLocalized()
  return (
    <>
      {service ? (
        <>
          {local(service.name)} <Num>{service.code}</Num>
        </>
      ) : (
        t(of === ofOffice ? 'view-office' : 'other-services')
      )}{' '}
      <Tag>{t(`kind-${kind}`)}</Tag> {t(mayBeDeclined(kind) ? 'may-be-declined' : 'always-sent')}
    </>
  )
}

function Doors({ view: { subject, can } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  const { url } = usePage()
  if (!subject.service || !can.design) return null
  return (
    <LinkButton
      href={url(addresses.designerService, { code: subject.service.code })}
      variant="quiet"
      icon="route"
    >
      {t('designer-link')}
    </LinkButton>
  )
}

/** The text that is sent as things stand. */
function Now({ view: { line, subject, price, can } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  return (
    <Pane id="now" title={t('now-title')} icon="chat" end={<Whose line={line} />}>
      {line.body === undefined ? (
        <p className="mut">{t('now-each')}</p>
      ) : (
        <WordsPreview body={line.body} subject={subject} price={price} legend={!can.write} />
      )}
    </Pane>
  )
}

/** What is being written, for those who only read or review. */
function Draft({ view: { open, subject, price } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  return (
    <Pane id="draft" title={t('write-anew')} icon="doc">
      {open ? (
        <WordsPreview body={open.body} subject={subject} price={price} />
      ) : (
        <Empty title={t('nothing-waiting')} />
      )}
    </Pane>
  )
}
