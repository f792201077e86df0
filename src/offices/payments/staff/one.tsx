import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { type Money as Amount, formatMoney } from '../../../lib/money.ts'
import {
  Button,
  ChoiceField,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  KeyValues,
  LongTextField,
  Money,
  Pane,
  PersonName,
  Row,
  Stack,
  StaffLayout,
  SumLine,
  useLocalized,
  usePage,
  Zones,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { getPerson, type StaffMember, staffById } from '../../people/index.ts'
import type { Intent, PaymentEvent, Refund, RefundScope } from '../model.ts'
import { refundable } from '../refund.ts'
import { eventsOf, getIntent, refundsOf } from '../store.ts'
import { payText, payTexts } from '../strings.ts'
import { Happened } from './events.tsx'
import { StateFlag } from './list.tsx'

export type PaymentView = {
  intent: Intent
  name: string
  events: PaymentEvent[]
  refunds: Refund[]
  possible: { scope: RefundScope; amount: Amount }[]
  staff: Map<string, StaffMember>
  me: string
  mayAsk: boolean
  mayDecide: boolean
  typed: { reason: string; scope: string }
  faults: Fault[]
}

/** GET: a payment with all that happened to it. */
export async function showOne(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'id')
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<PaymentView> => {
    const intent = await getIntent(tx, id)
    const asked = await refundsOf(tx, id)
    const seen = { personId: intent.personId, subjectKind: 'payment', subjectId: id }
    const open = asked.some(each => each.state === 'asked' || each.state === 'approved')
    await lookInto(
      call,
      tx,
      { ...seen, cause: payText('ar', 'look-payment') },
      open ? { kind: 'task' } : undefined,
    )
    const events = await eventsOf(tx, id)
    const refunds = asked
    const living = refunds.some(each => ['asked', 'approved', 'done'].includes(each.state))
    const people = [...events.map(each => each.by), ...refunds.map(each => each.askedBy)]
    return {
      intent,
      events,
      refunds,
      faults,
      me: actorKey(actor).id,
      name: (await getPerson(tx, intent.personId)).displayName,
      possible: living ? [] : await refundable(tx, intent),
      staff: await staffById(tx, [...new Set(people.filter(by => by.kind === 'staff').map(by => by.id))]),
      mayAsk: may(actor, 'payment.refund'),
      mayDecide: may(actor, 'payment.approve'),
      typed: { reason: typedText(call, 'reason'), scope: typedText(call, 'scope') },
    }
  })
  return showPage(call, <PaymentPage view={view} />, faults.length > 0 ? 422 : 200)
}

function PaymentPage({ view }: { view: PaymentView }) {
  const t = useTexts(payTexts)
  const local = useLocalized()
  const page = usePage()
  const { intent } = view
  const title = t('one-title', { amount: formatMoney(intent.amount, page.locale) })
  return (
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs links={[{ label: t('list-title'), href: page.url(addresses.managePayments) }]} />
      <Head title={title} sub={<StateFlag state={intent.state} />} />
      <Zones kind="wide">
        <Stack>
          <Pane id="facts" pad={false}>
            <KeyValues pad pairs={useFacts(view)} />
          </Pane>
          <Happened events={view.events} staff={view.staff} />
        </Stack>
        <Stack>
          <Pane id="lines" title={t('one-lines')} icon="list">
            {intent.lines.map(line => (
              <SumLine key={line.chargeId} label={local(line.label)} value={line.amount} />
            ))}
          </Pane>
          {intent.state === 'mismatch' && view.possible.length > 0 && view.mayAsk && <Keep intent={intent} />}
          <GiveBack view={view} />
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

function useFacts({ intent, name }: PaymentView) {
  const t = useTexts(payTexts)
  const page = usePage()
  return [
    {
      term: t('one-person'),
      value: (
        <a href={page.url(addresses.counterDues, { person: intent.personId })}>
          <PersonName>{name}</PersonName>
        </a>
      ),
    },
    { term: t('col-amount'), value: <Money value={intent.amount} strong /> },
    { term: t('one-taken'), value: intent.taken ? <Money value={intent.taken} /> : t('one-no-bank') },
    { term: t('one-bank'), value: intent.bankRef ? <bdi>{intent.bankRef}</bdi> : t('one-no-bank') },
    { term: t('one-expires'), value: <DateText value={intent.expiresAt} form="moment" /> },
    ...(intent.receiptId
      ? [
          {
            term: t('col-receipt'),
            value: <a href={page.url(addresses.receipt, { id: intent.receiptId })}>{t('see')}</a>,
          },
        ]
      : []),
  ]
}

/** Another amount came than was due: the treasurer may take it all the same. */
function Keep({ intent }: { intent: Intent }) {
  const t = useTexts(payTexts)
  const { url, locale } = usePage()
  const amount = intent.taken ? formatMoney(intent.taken, locale) : ''
  return (
    <Pane id="keep" title={t('keep')} icon="cash" tone="honey">
      <p className="sm">{t('keep-text')}</p>
      <Form action={url(addresses.managePaymentKeep, { id: intent.id })}>
        <Button variant="quiet">{t('keep-verb', { amount })}</Button>
      </Form>
    </Pane>
  )
}

function GiveBack({ view }: { view: PaymentView }) {
  const t = useTexts(payTexts)
  const { url, locale } = usePage()
  const { intent, refunds, possible, typed, faults } = view
  const waiting = refunds.find(each => each.state === 'asked')
  return (
    <Pane id="refund" title={t('refund')} icon="back">
      <Stack gap="small">
        {refunds
          .filter(each => each.state !== 'asked')
          .map(each => (
            <p key={each.id} className="sm">
              {t('refund-state', {
                amount: formatMoney(each.amount, locale),
                state: t(`refund-state-${each.state}`),
              })}
            </p>
          ))}
        {waiting && <Decide view={view} refund={waiting} />}
        {possible.length === 0 && refunds.length === 0 && <p className="mut sm">{t('refund-none')}</p>}
        {possible.length > 0 && view.mayAsk && (
          <Form action={url(addresses.managePaymentRefund, { id: intent.id })}>
            <ChoiceField
              name="scope"
              label={t('refund-which')}
              value={typed.scope || possible[0]?.scope}
              fault={faultOf(faults, 'scope')}
              options={possible.map(each => ({
                value: each.scope,
                label: t(`refund-${each.scope}`),
                hint: formatMoney(each.amount, locale),
              }))}
            />
            <LongTextField
              name="reason"
              label={t('refund-reason')}
              hint={t('refund-reason-hint')}
              value={typed.reason}
              fault={faultOf(faults, 'reason')}
              maxLength={400}
            />
            <Button variant="quiet">{t('refund-ask')}</Button>
          </Form>
        )}
      </Stack>
    </Pane>
  )
}

function Decide({ view, refund }: { view: PaymentView; refund: Refund }) {
  const t = useTexts(payTexts)
  const { url, locale } = usePage()
  const own = refund.askedBy.id === view.me
  return (
    <>
      <p>{t('refund-waits', { amount: formatMoney(refund.amount, locale) })}</p>
      <p className="sm mut">{refund.reason}</p>
      {own && <p className="sm">{t('refund-own')}</p>}
      {view.mayDecide && !own && (
        <Form
          action={url(addresses.managePaymentDecide, { id: view.intent.id })}
          hidden={{ refund: refund.id }}
        >
          <Row>
            <Button name="accept" value="yes">
              {t('refund-approve')}
            </Button>
            <Button name="accept" value="no" variant="quiet">
              {t('refund-refuse')}
            </Button>
          </Row>
        </Form>
      )}
    </>
  )
}
