import { addresses } from '../../../../lib/addresses.ts'
import { inLocale } from '../../../../lib/localized.ts'
import {
  type Column,
  Crumbs,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Form,
  Head,
  Note,
  Num,
  Pane,
  SearchBox,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { catalogueOf } from '../../../catalogue/index.ts'
import { MessageTabs } from '../../pages/tabs.tsx'
import {
  byKey,
  everyLines,
  linesOfService,
  officeLines,
  openLines,
  type ServiceLine,
  serviceLines,
  type WordsLine,
} from '../list.ts'
import { wordsOfTown } from '../store.ts'
import { templateText, templateTexts } from '../strings.ts'
import { ofOffice } from '../subject.ts'
import { useSubjectName, Whose, WordsStateFlag } from './words.tsx'

const views = ['every', 'services', 'office', 'waiting'] as const
type View = (typeof views)[number]

type Shown = {
  view: View
  /** A service that was chosen. */
  service: { code: string; name: string } | undefined
  asked: string
  /** How many wait for a second person, and how many are being written at all. */
  waiting: number
  begun: number
  lines: WordsLine[]
  services: ServiceLine[]
}

/** GET: the texts the town sends, by where they are sent: of every service, of one, of an office; and what is being written. */
export async function showTemplates(call: Call): Promise<Response> {
  const asked = (call.query.q ?? '').slice(0, 80)
  const code = call.query.service
  const view = code ? 'services' : (views.find(each => each === call.query.view) ?? 'every')
  const shown = await read(call, async (tx): Promise<Shown> => {
    const catalogue = await catalogueOf(tx)
    const words = byKey(await wordsOfTown(tx))
    const at = tx.now
    const found = code ? catalogue.find(code) : undefined
    const service = found && { code: found.code, name: inLocale(found.service.definition.name, call.locale) }
    const waiting = [...words.values()].filter(of => of.some(({ state }) => state === 'in-review')).length
    const open = openLines(catalogue, call, words, at)
    const lines: Record<View, () => WordsLine[]> = {
      every: () => everyLines(catalogue, call, words, at),
      services: () => (service ? linesOfService(catalogue, call, service.code, words, at) : []),
      office: () => officeLines(catalogue, call, words, at),
      waiting: () => open,
    }
    const services = view === 'services' && !service ? serviceLines(catalogue, words, asked, at) : []
    return { view, service, asked, waiting, begun: open.length, lines: lines[view](), services }
  })
  return show(call, shown)
}

function show(call: Call, shown: Shown): Response {
  const { view, service, waiting } = shown
  const word = (key: Parameters<typeof templateText>[1]) => templateText(call.locale, key)
  const title = service ? service.name : word('title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <MessageTabs call={call} current="templates" />
      {service && (
        <Crumbs
          links={[
            { label: word('title'), href: url(call, addresses.messageTemplates) },
            {
              label: word('view-services'),
              href: url(call, addresses.messageTemplates, {}, { view: 'services' }),
            },
          ]}
        />
      )}
      <Head title={title} sub={service ? undefined : word('sub')} />
      <Stack>
        {waiting > 0 && view !== 'waiting' && <Waiting count={waiting} />}
        {!service && <Views shown={shown} />}
        {!service && <p className="sm mut">{word(`${view}-sub`)}</p>}
        <Content shown={shown} />
      </Stack>
    </StaffLayout>,
  )
}

function Waiting({ count }: { count: number }) {
  const t = useTexts(templateTexts)
  const { url } = usePage()
  return (
    <Note tone="honey">
      {t('waiting-note', { count })}{' '}
      <a href={url(addresses.messageTemplates, {}, { view: 'waiting' })}>{t('waiting-open')}</a>
    </Note>
  )
}

function Views({ shown: { view, begun } }: { shown: Shown }) {
  const t = useTexts(templateTexts)
  const { url } = usePage()
  return (
    <FilterBar
      label={t('views')}
      chips={views.map(each => ({
        label: t(`view-${each}`),
        href: url(addresses.messageTemplates, {}, { view: each === 'every' ? '' : each }),
        on: each === view,
        ...(each === 'waiting' && begun > 0 && { count: begun }),
      }))}
    />
  )
}

function Content({ shown }: { shown: Shown }) {
  const t = useTexts(templateTexts)
  const { view, service, lines } = shown
  if (view === 'services' && !service) return <Services shown={shown} />
  if (lines.length === 0)
    return (
      <Empty title={t('nothing-waiting')} level={2}>
        {t('nothing-waiting-next')}
      </Empty>
    )
  return <Lines lines={lines} whole={view === 'waiting'} title={t(`view-${view}`)} />
}

function Lines({ lines, whole, title }: { lines: WordsLine[]; whole: boolean; title: string }) {
  const t = useTexts(templateTexts)
  const { url } = usePage()
  const local = useLocalized()
  const nameOf = useSubjectName()
  const columns: Column<WordsLine>[] = [
    {
      id: 'occasion',
      head: t('occasion'),
      heads: true,
      phone: 'line' as const,
      cell: ({ subject }) => (
        <>
          <a href={url(addresses.messageTemplate, { of: subject.of, event: subject.event })}>
            {whole ? nameOf(subject) : local(subject.name)}
          </a>
          {subject.of === ofOffice && subject.kind !== 'step' && (
            <small className="plain mut"> {t(`kind-${subject.kind}`)}</small>
          )}
        </>
      ),
    },
    {
      id: 'text',
      head: t(whole ? 'text-written' : 'text'),
      phone: 'line' as const,
      cell: ({ text, body }) => <bdi className={body === undefined ? 'sm mut' : 'sm'}>{text}</bdi>,
    },
    {
      id: 'parts',
      head: t('parts'),
      tight: true,
      cell: ({ parts }) => parts > 0 && <Parts parts={parts} />,
    },
    {
      id: 'whose',
      head: t('whose'),
      phone: 'end' as const,
      tight: true,
      cell: line => <Standing line={line} />,
    },
  ]
  return (
    <Pane id="messages" title={title} pad={false}>
      <Table caption={title} columns={columns} rows={lines} rowId={({ subject }) => subject.key} />
    </Pane>
  )
}

function Parts({ parts }: { parts: number }) {
  const t = useTexts(templateTexts)
  if (parts === 1) return <span className="mut">{t('parts-count', { count: parts })}</span>
  return <span className={parts > 3 ? 'stop-c' : 'warn-c'}>{t('parts-count', { count: parts })}</span>
}

function Standing({ line }: { line: WordsLine }) {
  const rich = useRichTexts(templateTexts)
  const { open, coming } = line
  return (
    <>
      <Whose line={line} />
      {coming?.fromAt && (
        <>
          <br />
          <Flag icon="cal" tone="honey">
            {rich('begins-on', { date: <DateText value={coming.fromAt} form="plain" /> })}
          </Flag>
        </>
      )}
      {open && (
        <>
          <br />
          <WordsStateFlag state={open.state} />
        </>
      )}
    </>
  )
}

function Services({ shown: { services, asked } }: { shown: Shown }) {
  const t = useTexts(templateTexts)
  const { url } = usePage()
  const local = useLocalized()
  const columns: Column<ServiceLine>[] = [
    {
      id: 'service',
      head: t('service'),
      heads: true,
      phone: 'line' as const,
      cell: ({ code, name }) => (
        <>
          <a href={url(addresses.messageTemplates, {}, { service: code })}>{local(name)}</a>{' '}
          <small className="plain mut">
            <Num>{code}</Num>
          </small>
        </>
      ),
    },
    {
      id: 'messages',
      head: t('messages'),
      dim: true,
      cell: ({ messages }) => t('messages-count', { count: messages }),
    },
    {
      id: 'own',
      head: t('whose'),
      cell: ({ own, open }) => (
        <>
          <span className={own === 0 ? 'mut' : undefined}>{t('own-count', { count: own })}</span>
          {open > 0 && (
            <>
              {' '}
              <Flag icon="doc" tone="honey">
                {t('view-waiting')}
              </Flag>
            </>
          )}
        </>
      ),
    },
  ]
  return (
    <>
      <Form
        action={url(addresses.messageTemplates)}
        method="get"
        label={t('search')}
        hidden={{ view: 'services' }}
      >
        <SearchBox id="q" name="q" value={asked} placeholder={t('search-hint')} />
      </Form>
      {services.length === 0 ? (
        <Empty title={t('none-found')} level={2}>
          {t('none-found-next')}
        </Empty>
      ) : (
        <Pane id="services" title={t('view-services')} pad={false}>
          <Table caption={t('view-services')} columns={columns} rows={services} rowId={({ code }) => code} />
        </Pane>
      )}
    </>
  )
}
