import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import {
  Button,
  DateText,
  Form,
  Head,
  LinkButton,
  Note,
  NoticeSheet,
  Num,
  Pane,
  PersonName,
  Row,
  SheetPage,
  Stack,
  StaffLayout,
  Table,
  TablePane,
  usePage,
  useTexts,
  Written,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import type { MessageLine } from '../proof/model.ts'
import { proofText, proofTexts } from '../proof/strings.ts'
import { posted, toBePosted } from '../proof/trouble.ts'
import { finderOf, type Lent } from './finder.ts'
import { addressOf } from './line-table.tsx'
import { MessageTabs } from './tabs.tsx'
import { failureWords } from './words.tsx'

const most = 200
const lately = 30

/** GET: notices of law that reached no telephone, to be posted or handed over; `?as=sheets` are the notices on paper. */
export async function showPost(call: Call, lent: Lent): Promise<Response> {
  const finder = finderOf(call, lent)
  const { waiting, done } = await read(call, async tx => {
    const open = await toBePosted(tx, finder, most)
    for (const { person, id } of open) {
      const seen = { subjectKind: 'message', subjectId: id, cause: proofText('ar', 'post-cause') }
      if (person) await lookInto(call, tx, { personId: person.id, ...seen }, { kind: 'task' })
    }
    return { waiting: open, done: await posted(tx, finder, lately) }
  })
  if (call.query.as === 'sheets') return showPage(call, <Sheets waiting={waiting} />)
  const title = proofText(call.locale, 'post-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <MessageTabs call={call} current="post" counts={{ post: waiting.length }} />
      <PostList call={call} waiting={waiting} done={done} />
    </StaffLayout>,
  )
}

function PostList({ call, waiting, done }: { call: Call; waiting: MessageLine[]; done: MessageLine[] }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const print = (
    <LinkButton href={url(addresses.messagesPost, {}, { as: 'sheets' })} icon="print" newTab>
      {t('post-print')}
    </LinkButton>
  )
  return (
    <>
      <Head title={t('post-title')} sub={t('post-sub')} actions={waiting.length > 0 && print} />
      <Stack>
        <Waiting call={call} lines={waiting} />
        {done.length > 0 && (
          <Pane id="done" title={t('post-done')} icon="check" pad={false}>
            <Done lines={done} />
          </Pane>
        )}
      </Stack>
    </>
  )
}

function Waiting({ call, lines }: { call: Call; lines: MessageLine[] }) {
  const t = useTexts(proofTexts)
  const { url, now, timeZone, locale } = usePage()
  const today = dateIn(now, timeZone)
  const daysSince = (at: Date) => {
    const since = dateIn(at, timeZone)
    return Math.max(0, Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000))
  }
  return (
    <TablePane
      none={{ title: t('post-none'), why: t('post-none-why') }}
      caption={t('post-title')}
      rows={lines}
      rowId={line => line.id}
      columns={[
        {
          id: 'to',
          head: t('col-to'),
          heads: true,
          cell: line => (
            <>
              {line.person ? <PersonName strong>{line.person.name}</PersonName> : t('nobody')}
              <small className="dim line-note">
                {addressOf(call, line) ? (
                  <Num>{addressOf(call, line)}</Num>
                ) : (
                  failureWords(locale, line.failure)
                )}
              </small>
            </>
          ),
        },
        {
          id: 'text',
          head: t('col-text'),
          phone: 'line',
          cell: line => (
            <>
              <a className="go" href={url(addresses.message, { id: line.id })}>
                {line.request ? t('request-number', { number: line.request.number }) : t('open')}
              </a>
              <Written>{line.body}</Written>
              <small className="warn-c">{t('post-waits', { days: daysSince(line.plannedAt) })}</small>
            </>
          ),
        },
        {
          id: 'done',
          head: <span className="vh">{t('settle-title')}</span>,
          phone: 'end',
          cell: line => (
            <Row>
              <Settle id={line.id} how="post" words={t('post-by-post')} />
              <Settle id={line.id} how="counter" words={t('post-at-counter')} />
            </Row>
          ),
        },
      ]}
    />
  )
}

function Settle({ id, how, words }: { id: string; how: 'post' | 'counter'; words: string }) {
  const { url } = usePage()
  return (
    <Form action={url(addresses.messageSettle, { id })} inline hidden={{ how, back: 'post' }}>
      <Button variant="quiet" icon="check">
        {words}
      </Button>
    </Form>
  )
}

function Done({ lines }: { lines: MessageLine[] }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  return (
    <Table
      caption={t('post-done')}
      rows={lines}
      rowId={line => line.id}
      columns={[
        {
          id: 'to',
          head: t('col-to'),
          heads: true,
          cell: line => (
            <a className="go" href={url(addresses.message, { id: line.id })}>
              {line.person ? <PersonName>{line.person.name}</PersonName> : t('nobody')}
            </a>
          ),
        },
        {
          id: 'about',
          head: t('col-about'),
          cell: line => (line.request ? <Num>{line.request.number}</Num> : t('no-request')),
        },
        {
          id: 'how',
          head: t('col-state'),
          cell: line => t(line.settled?.how === 'post' ? 'post-how-post' : 'post-how-counter'),
        },
        {
          id: 'when',
          head: t('col-when'),
          dim: true,
          tight: true,
          phone: 'end',
          cell: line => line.settled && <DateText value={line.settled.at} form="moment" />,
        },
      ]}
    />
  )
}

function Sheets({ waiting }: { waiting: MessageLine[] }) {
  const t = useTexts(proofTexts)
  return (
    <SheetPage
      title={t('post-title')}
      side="staff"
      note={waiting.length === 0 && <Note small>{t('post-none-why')}</Note>}
    >
      {waiting.map(line => (
        <NoticeSheet
          key={line.id}
          id={`n-${line.id}`}
          to={t('post-letter-to', { name: line.person?.name ?? t('nobody') })}
          about={line.request && t('post-letter-about', { number: line.request.number })}
          date={<DateText value={line.plannedAt} form="paper" />}
          signers={[t('post-letter-signed'), t('post-letter-received')]}
        >
          {line.body}
        </NoticeSheet>
      ))}
    </SheetPage>
  )
}
