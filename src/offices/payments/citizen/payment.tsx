import type { ReactNode } from 'react'
import { addresses } from '../../../lib/addresses.ts'
import { timeOfDay } from '../../../lib/dates.ts'
import { type Money as Amount, formatMoney, money } from '../../../lib/money.ts'
import {
  CitizenLayout,
  Columns,
  Crumbs,
  Head,
  LinkButton,
  Note,
  Pane,
  Row,
  Stack,
  SumLine,
  useLocalized,
  usePage,
  Verdict,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, idParam, publicUrl, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { getReceipt } from '../../treasury/index.ts'
import { findBank } from '../bank/settings.ts'
import type { Intent } from '../model.ts'
import { getIntent } from '../store.ts'
import { payText, payTexts } from '../strings.ts'
import { payerOf } from './payer.ts'

type View = {
  intent: Intent
  /** The bank's page, while it may still be paid there. */
  bankUrl: string | undefined
  /** The payer came back from the bank. */
  back: boolean
  receipt: string | undefined
  /** What went on account. */
  rest: Amount | undefined
}

/** GET: a payment as it stands: to be confirmed, or what is known of it. It says no more than is known. */
export async function showPayment(call: Call): Promise<Response> {
  const personId = payerOf(call)
  const id = idParam(call, 'id')
  const view = await read(call, async (tx): Promise<View> => {
    const intent = await getIntent(tx, id, personId)
    const found =
      intent.state === 'open' && intent.expiresAt > call.now ? await findBank(tx, call) : undefined
    const receipt = intent.receiptId ? await getReceipt(tx, intent.receiptId) : undefined
    const onAccount = (receipt?.lines ?? []).filter(line => line.creditId !== undefined)
    return {
      intent,
      receipt: receipt?.number,
      rest: money(
        onAccount.reduce((sum, line) => sum + line.amount.minor, 0),
        intent.amount.currency,
      ),
      back: call.query.back !== undefined,
      bankUrl: found?.bank.handOver({
        paymentId: intent.id,
        amount: intent.amount,
        expiresAt: intent.expiresAt,
        description: payText('ar', 'description', {
          town: call.town.name.ar,
          number: intent.id.slice(-6).toUpperCase(),
        }),
        returnUrl: `${publicUrl(call, addresses.myPayment, { id })}?back=1`,
        answerUrl: publicUrl(call, addresses.paymentAnswer),
      }),
    }
  })
  return showPage(call, <PaymentPage {...view} />)
}

function PaymentPage(view: View) {
  const t = useTexts(payTexts)
  const { url, locale } = usePage()
  const { intent, bankUrl, back } = view
  const title =
    intent.state === 'open'
      ? t('confirm-title', { amount: formatMoney(intent.amount, locale) })
      : t('list-title')
  return (
    <CitizenLayout title={title} unlisted>
      <Crumbs links={[{ label: t('back-dues'), href: url(addresses.myDues) }]} />
      <Columns side={<Lines intent={intent} />}>
        {intent.state === 'open' && bankUrl && !back ? (
          <Confirm intent={intent} bankUrl={bankUrl} />
        ) : (
          <Known {...view} />
        )}
      </Columns>
    </CitizenLayout>
  )
}

function Confirm({ intent, bankUrl }: { intent: Intent; bankUrl: string }) {
  const t = useTexts(payTexts)
  const page = usePage()
  return (
    <Stack>
      <Head
        title={t('confirm-title', { amount: formatMoney(intent.amount, page.locale) })}
        sub={t('confirm-sub', { time: timeOfDay(intent.expiresAt, page) })}
      />
      <LinkButton href={bankUrl} big iconEnd="fwd">
        {t('confirm-go')}
      </LinkButton>
      <Note small icon="lock">
        {t('confirm-note')}
      </Note>
    </Stack>
  )
}

/** What is known of a payment, in one sentence, and what can be done next. */
function Known({ intent, bankUrl, receipt, rest }: View) {
  const t = useTexts(payTexts)
  const { url, locale } = usePage()
  const amount = formatMoney(intent.taken ?? intent.amount, locale)
  const values = {
    amount,
    receipt: receipt ?? '',
    rest: rest ? formatMoney(rest, locale) : '',
    taken: intent.taken ? formatMoney(intent.taken, locale) : '',
  }
  const state = intent.state === 'open' ? (bankUrl ? 'waiting' : 'expired') : intent.state
  const tone = state === 'paid' ? 'olive' : state === 'failed' ? 'sumac' : 'honey'
  const asked = state === 'mismatch' ? { ...values, amount: formatMoney(intent.amount, locale) } : values
  const actions: ReactNode[] = []
  if (state === 'waiting') {
    actions.push(
      <LinkButton key="again" href={url(addresses.myPayment, { id: intent.id }, { back: 1 })}>
        {t('waiting-again')}
      </LinkButton>,
    )
    if (bankUrl)
      actions.push(
        <LinkButton key="bank" href={bankUrl} variant="quiet">
          {t('waiting-not-paid')}
        </LinkButton>,
      )
  }
  if (intent.receiptId && state !== 'refunded')
    actions.push(
      <LinkButton key="receipt" icon="receipt" href={url(addresses.myReceipt, { id: intent.receiptId })}>
        {t('paid-receipt')}
      </LinkButton>,
    )
  if (state === 'failed' || state === 'cancelled' || state === 'expired')
    actions.push(
      <LinkButton key="pay" href={url(addresses.myPay, {}, { request: intent.requestId })}>
        {t('again-pay')}
      </LinkButton>,
    )
  if (intent.requestId)
    actions.push(
      <LinkButton key="request" variant="quiet" href={url(addresses.myRequest, { id: intent.requestId })}>
        {t('to-request')}
      </LinkButton>,
    )
  return (
    <Stack>
      <Verdict tone={tone} title={t(`${state}-title`, asked)}>
        {t(`${state}-text`, asked)}
      </Verdict>
      <Row>{actions}</Row>
    </Stack>
  )
}

function Lines({ intent }: { intent: Intent }) {
  const t = useTexts(payTexts)
  const local = useLocalized()
  return (
    <Pane id="lines" title={t('confirm-lines')} icon="list">
      {intent.lines.map(line => (
        <SumLine key={line.chargeId} label={local(line.label)} value={line.amount} />
      ))}
      <SumLine label={t('confirm-total')} value={intent.amount} total />
    </Pane>
  )
}
