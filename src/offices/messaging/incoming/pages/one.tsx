import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { formatPhone } from '../../../../lib/phone.ts'
import type { PartPrice } from '../../../../lib/sms/index.ts'
import {
  Button,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Num,
  Pane,
  Row,
  SmsEditor,
  Stack,
  StaffLayout,
  TextField,
  Thread,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { openPhone, todayOf } from '../../../people/index.ts'
import { smsTariff } from '../../bulk/index.ts'
import { MessageTabs } from '../../pages/tabs.tsx'
import { field, isReviewed } from './fields.ts'
import { type Exchange, exchangeWith, type OneText, oneText } from './store.ts'
import { incomingText, incomingTexts } from './words.ts'

type View = {
  text: OneText
  exchange: Exchange[]
  e164: string
  price: PartPrice | undefined
  reviewed: boolean
  /** The reader's own id. */
  reader: string
  faults: readonly Fault[]
  typed: (name: string) => string
}

type Again = { faults?: readonly Fault[]; status?: number }

/** One text nobody understood: who wrote it, what else was written, and what can be done about it. */
export async function showOne(call: Call, { faults = [], status = 200 }: Again = {}): Promise<Response> {
  const id = idParam(call, 'id')
  const { actor } = call.visitor
  const { text, exchange, tariff, reviewed } = await read(call, async tx => {
    const found = await oneText(tx, id)
    if (found.person)
      await lookInto(
        call,
        tx,
        {
          personId: found.person.id,
          subjectKind: 'incoming-message',
          subjectId: id,
          cause: incomingText('ar', 'cause'),
        },
        { kind: 'task' },
      )
    return {
      text: found,
      exchange: await exchangeWith(tx, found.index),
      tariff: await smsTariff(tx, await todayOf(tx)),
      reviewed: await isReviewed(tx, call.town),
    }
  })
  const [price] = tariff.prices
  const view: View = {
    text,
    exchange,
    reviewed,
    faults,
    reader: actor.kind === 'staff' ? actor.staffId : '',
    e164: openPhone({ tx: { town: call.town.id }, crypto: call.house.crypto }, text.from),
    price: price && { milli: price.likely, currency: price.currency },
    typed: name => typedText(call, name),
  }
  return showPage(call, <OnePage call={call} view={view} />, status)
}

function OnePage({ call, view }: { call: Call; view: View }) {
  const t = useTexts(incomingTexts)
  const { url } = usePage()
  const { text, e164 } = view
  const from = text.person?.name ?? formatPhone(e164)
  const title = t('one', { from })
  const held = text.takenBy !== undefined && text.takenBy.id !== view.reader
  return (
    <StaffLayout title={title} faults={view.faults}>
      <MessageTabs call={call} current="incoming" />
      <Crumbs links={[{ label: t('back'), href: url(addresses.incoming) }]} />
      <Head
        title={title}
        sub={text.person ? <Num>{formatPhone(e164)}</Num> : t('unknown')}
        actions={!text.settled && !held && <TakeForm view={view} />}
      />
      <Zones kind="wide">
        <Stack>
          <Pane id="exchange" title={t('exchange')}>
            <Thread items={view.exchange.map(each => item(each, t))} />
          </Pane>
        </Stack>
        <Stack>
          {text.settled ? (
            <Note tone="olive">
              {t(`settled-${text.settled.how}`, { name: text.settled.by })}{' '}
              <DateText value={text.settled.at} form="moment" />
            </Note>
          ) : held ? (
            <Note tone="honey">{t('taken-other', { name: text.takenBy?.name ?? '' })}</Note>
          ) : (
            <Acts view={view} />
          )}
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

const item = (
  { id, at, text, mine, by }: Exchange,
  t: (key: 'from-town' | 'from-town-machine' | 'from-phone') => string,
) => ({
  id,
  text,
  mine,
  from: mine ? (by ?? t('from-town-machine')) : t('from-phone'),
  when: <DateText value={at} form="moment" />,
})

function TakeForm({ view: { text } }: { view: View }) {
  const t = useTexts(incomingTexts)
  const { url } = usePage()
  const mine = text.takenBy !== undefined
  return (
    <Form
      action={url(addresses.incomingTake, { id: text.id })}
      inline
      hidden={mine ? { [field.back]: 'yes' } : undefined}
    >
      <Button variant="quiet">{t(mine ? 'give-back' : 'take')}</Button>
    </Form>
  )
}

function Acts({ view }: { view: View }) {
  const t = useTexts(incomingTexts)
  const { url } = usePage()
  const { text, faults, typed, e164 } = view
  const { id } = text
  return (
    <>
      <Pane id="answer" title={t('answer')} icon="chat">
        {view.reviewed ? (
          <Note>{t('answer-reviewed')}</Note>
        ) : (
          <Form action={url(addresses.incomingAnswer, { id })}>
            <SmsEditor
              name={field.answer}
              label={t('answer-text')}
              hint={t('answer-hint')}
              value={typed(field.answer)}
              fault={faultOf(faults, field.answer)}
              price={view.price}
              maxLength={670}
            />
            <Button icon="go">{t('answer-send')}</Button>
          </Form>
        )}
      </Pane>
      <Pane id="link" title={t('link')} icon="doc">
        <Form action={url(addresses.incomingLink, { id })}>
          <TextField
            name={field.number}
            label={t('link-number')}
            hint={t('link-hint')}
            value={typed(field.number)}
            fault={faultOf(faults, field.number)}
          />
          <Button variant="quiet">{t('link-do')}</Button>
        </Form>
      </Pane>
      <Pane id="call" icon="call" title={t('call')}>
        <p className="mb-s">
          <LinkButton href={`tel:${e164}`} variant="plain" icon="call">
            <Num>{formatPhone(e164)}</Num>
          </LinkButton>
        </p>
        <Row>
          <Form action={url(addresses.incomingSeen, { id })} inline hidden={{ [field.how]: 'called' }}>
            <Button variant="quiet">{t('called')}</Button>
          </Form>
          <Form action={url(addresses.incomingSeen, { id })} inline>
            <Button variant="plain" icon="check">
              {t('done')}
            </Button>
          </Form>
        </Row>
      </Pane>
    </>
  )
}
