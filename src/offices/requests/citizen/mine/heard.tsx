import { addresses } from '../../../../lib/addresses.ts'
import { CitizenLayout, DateText, Empty, Head, Say, usePage, useTexts } from '../../../../ui/index.ts'
import { aside, type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { markRead, messagesOfPerson, type ShownMessage } from '../../../messaging/index.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'

/** What the town said to the citizen, the latest first. */
export async function showMessages(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  const messages = await read(call, tx => messagesOfPerson(tx, personId, 100))
  const opened = messages.flatMap(({ id, channel, readAt }) => (channel === 'portal' && !readAt ? [id] : []))
  if (opened.length > 0) await aside(call, tx => markRead(tx, personId, opened))
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
