import { addresses } from '../../../../lib/addresses.ts'
import { isId } from '../../../../lib/ids.ts'
import {
  CitizenLayout,
  DateText,
  Empty,
  Head,
  Pager,
  Pane,
  PersonName,
  Say,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type LookAt, looksAt } from '../../../audit/index.ts'
import { markRead, messagesOfPerson, type ShownMessage } from '../../../messaging/index.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { useActWords } from './act-words.ts'

/** What the town said to the citizen, the latest first. */
export async function showMessages(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  const messages = await read(call, tx => messagesOfPerson(tx, personId, 100))
  const opened = messages.flatMap(({ id, channel, readAt }) => (channel === 'portal' && !readAt ? [id] : []))
  if (opened.length > 0) await call.house.database.write(call.town.id, tx => markRead(tx, personId, opened))
  return showPage(call, <MessagesPage messages={messages} />)
}

const arrived = ['sent', 'delivered'] as const

function MessagesPage({ messages }: { messages: ShownMessage[] }) {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  return (
    <CitizenLayout title={t('messages-title')} unlisted>
      <div className="read">
        <Head
          title={t('messages-title')}
          sub={t('messages-lead')}
          actions={<a href={url(addresses.myContactDetails)}>{t('to-contact-details')}</a>}
        />
        {messages.length === 0 ? (
          <Empty level={2} title={t('messages-none')}>
            {t('messages-none-text')}
          </Empty>
        ) : (
          <ul className="pane lines0">
            {messages.map(message => (
              <li key={message.id} className="req">
                <bdi className="sms">
                  <Say>{message.body}</Say>
                </bdi>
                <p className="row sm mut">
                  <DateText value={message.plannedAt} form="moment" />
                  <span>{t(`message-${stateOf(message)}`)}</span>
                  {message.channel === 'portal' && !message.readAt && (
                    <b className="glass-c">{t('message-new')}</b>
                  )}
                  {message.requestId && message.requestNumber && (
                    <a href={url(addresses.myRequest, { id: message.requestId })}>
                      <Say>{t('number', { number: message.requestNumber })}</Say>
                    </a>
                  )}
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </CitizenLayout>
  )
}

type Fate =
  | 'arrived'
  | 'inbox'
  | 'failed'
  | 'unaddressed'
  | 'uncertain'
  | 'opted-out'
  | 'expired'
  | 'on-its-way'

function stateOf({ state, channel }: ShownMessage): Fate {
  if ((arrived as readonly string[]).includes(state)) return channel === 'portal' ? 'inbox' : 'arrived'
  if (state === 'planned') return 'on-its-way'
  return state === 'held' || state === 'waiting' || state === 'cancelled' ? 'on-its-way' : (state as Fate)
}

const perPage = 30

/** Who opened or changed the citizen's data: «من اطّلع على بياناتي». */
export async function showLooks(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  const before = isId(call.query.before ?? '') ? call.query.before : undefined
  const looks = await read(call, tx => looksAt(tx, personId, { limit: perPage + 1, before }))
  return showPage(call, <LooksPage looks={looks} before={before} />)
}

function LooksPage({ looks, before }: { looks: LookAt[]; before: string | undefined }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const shown = looks.slice(0, perPage)
  const last = shown.at(-1)
  const next =
    looks.length > perPage && last ? url(addresses.myLooks, {}, { before: last.auditId }) : undefined
  return (
    <CitizenLayout title={t('looks-title')} unlisted>
      <Head title={t('looks-title')} sub={t('looks-lead')} />
      {shown.length === 0 ? (
        <Empty level={2} title={t('looks-none')}>
          {t('looks-none-text')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('looks-title')}
            rows={shown}
            rowId={look => look.auditId}
            columns={[
              {
                id: 'who',
                head: t('look-who'),
                heads: true,
                phone: 'line',
                cell: look => (
                  <>
                    <PersonName strong>
                      {look.who.name ? local(look.who.name) : t('looker-system')}
                    </PersonName>{' '}
                    <small className="dim">
                      {[look.who.title, look.who.office]
                        .flatMap(text => (text ? [local(text)] : []))
                        .join('، ')}
                    </small>
                  </>
                ),
              },
              { id: 'why', head: t('look-why'), cell: look => <Why look={look} /> },
              {
                id: 'when',
                head: t('look-when'),
                dim: true,
                tight: true,
                cell: look => <DateText value={look.at} form="moment" />,
              },
            ]}
          />
        </Pane>
      )}
      <Pager previous={before ? url(addresses.myLooks) : undefined} next={next} />
    </CitizenLayout>
  )
}

/** What was done and for which request; a cause that somebody wrote stands as it was written. */
function Why({ look }: { look: LookAt }) {
  const t = useTexts(citizenTexts)
  const act = useActWords()
  return (
    <>
      {act(look.act)}
      {look.requestNumber && (
        <>
          {t('comma')} <Say>{t('number', { number: look.requestNumber })}</Say>
        </>
      )}
      {look.cause && (
        <small className="mut line-note">
          <bdi>{look.cause}</bdi>
        </small>
      )}
    </>
  )
}
