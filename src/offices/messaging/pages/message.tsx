import { addresses } from '../../../lib/addresses.ts'
import { milliInWords, smsParts, splitSms } from '../../../lib/sms/index.ts'
import {
  Crumbs,
  DateText,
  Head,
  KeyValues,
  Num,
  type Pair,
  Pane,
  PersonName,
  Say,
  SmsBubble,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, idParam, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import { getMessage, type PartLine, type WholeMessage } from '../proof/one.ts'
import { waysToSettle } from '../proof/settle.ts'
import { proofText, proofTexts } from '../proof/strings.ts'
import { finderOf, type Lent } from './finder.ts'
import { addressOf } from './line-table.tsx'
import { SettlePane, type SettleTyped } from './settle-pane.tsx'
import { WayPane } from './way.tsx'
import { kindWords, MessageStateFlag, providerWords, templateWords } from './words.tsx'

/** GET: one message with all that proves it; a look at the person's data. */
export async function showMessage(call: Call, lent: Lent, typed?: SettleTyped): Promise<Response> {
  const { message, staff } = await read(call, async tx => {
    const message = await getMessage(tx, finderOf(call, lent), idParam(call, 'id'))
    if (message.person) {
      const seen = { personId: message.person.id, subjectKind: 'message', subjectId: message.id }
      // What waits to be settled is work; anything else said to somebody is theirs.
      const open = waysToSettle(message).length > 0 ? ({ kind: 'task' } as const) : undefined
      await lookInto(call, tx, { ...seen, cause: proofText('ar', 'one-cause') }, open)
    }
    const named = message.notes.flatMap(({ by }) => by ?? [])
    return {
      message,
      staff: await staffById(tx, [...named, ...(message.writtenBy ? [message.writtenBy] : [])]),
    }
  })
  return showPage(
    call,
    <MessagePage call={call} message={message} staff={staff} typed={typed} />,
    typed ? 422 : 200,
  )
}

type Props = { call: Call; message: WholeMessage; staff: ReadonlyMap<string, StaffMember> }

function MessagePage({ call, message, staff, typed }: Props & { typed: SettleTyped | undefined }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const links = [
    { label: t('list-title'), href: url(addresses.messages) },
    ...(message.request
      ? [
          {
            label: t('request-number', { number: message.request.number }),
            href: `${url(addresses.officeRequest, { id: message.request.id })}#messages`,
          },
        ]
      : []),
  ]
  return (
    <StaffLayout title={t('one-title')} faults={typed?.faults}>
      <Crumbs links={links} />
      <Head title={t('one-title')} sub={<MessageStateFlag state={message.state} />} />
      <Zones kind="half">
        <Stack>
          <TextPane message={message} />
          {waysToSettle(message).length > 0 && <SettlePane message={message} typed={typed} />}
          <FactsPane call={call} message={message} staff={staff} />
        </Stack>
        <Stack>
          <WayPane message={message} staff={staff} />
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

function TextPane({ message }: { message: WholeMessage }) {
  const t = useTexts(proofTexts)
  const { body, sentAt, channel } = message
  return (
    <Pane id="text" title={t(sentAt ? 'one-text' : 'one-text-planned')} icon="chat">
      {body === '' ? <p className="mut">{t('no-words-yet')}</p> : <SmsBubble text={body} />}
      {channel === 'sms' && body !== '' && <PartsList message={message} />}
    </Pane>
  )
}

/** Each part as it leaves, with what its provider called it and what became of it. */
function PartsList({ message: { body, partsSent } }: { message: WholeMessage }) {
  const t = useTexts(proofTexts)
  const { parts } = splitSms(body)
  const last = Math.max(0, ...partsSent.map(each => each.try))
  const sent = new Map(partsSent.filter(each => each.try === last).map(each => [each.part, each]))
  if (parts.length === 1) {
    const only = sent.get(1)
    return (
      only && (
        <p className="parts">
          <PartFate part={only} />
        </p>
      )
    )
  }
  // A provider that took a long text whole names it once.
  const whole = sent.size === 1 && parts.length > 1
  return (
    <>
      <p className="sm mut mt-s">{t('one-parts')}</p>
      <ol className="sms-parts">
        {parts.map((text, place) => (
          <li key={String(place)}>
            <p className="sms">
              <Say>{text}</Say>
            </p>
            <p className="parts">
              <span>{t('part-of', { part: place + 1, parts: parts.length })}</span>
              <span>
                <Say>{t('part-units', { count: smsParts(text).units })}</Say>
              </span>
              <PartFate part={sent.get(whole ? 1 : place + 1)} />
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}

const fates = { submitted: 'glass-c', delivered: 'ok-c', failed: 'stop-c', uncertain: 'warn-c' } as const

function PartFate({ part }: { part: PartLine | undefined }) {
  const t = useTexts(proofTexts)
  if (!part) return null
  return (
    <>
      <span className={fates[part.state]}>{t(`part-${part.state}`)}</span>
      {part.reportedAt && <DateText value={part.reportedAt} form="moment" />}
      {part.ref && (
        <span className="dim">
          <Say>{t('part-ref', { ref: part.ref })}</Say>
        </span>
      )}
    </>
  )
}

function FactsPane({ call, message, staff }: Props) {
  const t = useTexts(proofTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const address = addressOf(call, message)
  const writer = message.writtenBy ? staff.get(message.writtenBy) : undefined
  const again = message.notes.find(({ what }) => what === 'settled-sent-again')
  const pairs: (Pair | false | undefined)[] = [
    message.person && { term: t('fact-person'), value: <PersonName>{message.person.name}</PersonName> },
    address !== undefined && { term: t('fact-to'), value: <Num>{address}</Num> },
    message.request && {
      term: t('col-about'),
      value: (
        <a href={url(addresses.officeRequest, { id: message.request.id })}>
          <Say>{t('request-number', { number: message.request.number })}</Say>
        </a>
      ),
    },
    { term: t('fact-kind'), value: kindWords(locale, message.kind) },
    message.template !== undefined && {
      term: t('fact-template'),
      value: <TemplateValue message={message} />,
    },
    writer && { term: t('fact-written'), value: <PersonName>{local(writer.name)}</PersonName> },
    { term: t('fact-channel'), value: t(`channel-${message.channel}`) },
    message.channel === 'sms' && {
      term: t('fact-parts'),
      value: t('fact-parts-value', { parts: message.parts, encoding: message.encoding }),
    },
    message.price && { term: t('fact-cost'), value: milliInWords(message.price, locale) },
    message.provider !== undefined && {
      term: t('fact-provider'),
      value: <bdi>{providerWords(locale, message.provider)}</bdi>,
    },
    message.attempts > 1 && { term: t('fact-tries'), value: message.attempts },
    again?.detail !== undefined && {
      term: t('one-new'),
      value: <a href={url(addresses.message, { id: again.detail })}>{t('open')}</a>,
    },
    message.readAt && { term: t('fact-read'), value: <DateText value={message.readAt} form="moment" /> },
  ]
  return (
    <Pane id="facts" title={t('one-facts')} icon="doc">
      <KeyValues pairs={pairs.filter((pair): pair is Pair => Boolean(pair))} />
    </Pane>
  )
}

function TemplateValue({ message }: { message: WholeMessage }) {
  const t = useTexts(proofTexts)
  const { locale, url } = usePage()
  const { template, templateVersion, templateFrom } = message
  const named = t('fact-template-value', {
    name: templateWords(locale, template),
    version: templateVersion ?? 1,
  })
  const whose =
    templateFrom === 'town' ? 'fact-whose-town' : templateFrom === 'every' ? 'fact-whose-every' : undefined
  return (
    <>
      <a href={url(addresses.messages, {}, { template })}>
        <Say>{named}</Say>
      </a>
      {whose && <small className="dim"> {t(whose)}</small>}
    </>
  )
}
