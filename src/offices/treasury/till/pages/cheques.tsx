import { addresses } from '../../../../lib/addresses.ts'
import { BadRequest } from '../../../../lib/errors.ts'
import { formatMoney } from '../../../../lib/money.ts'
import {
  Button,
  type Column,
  Confirm,
  Crumbs,
  DateText,
  Empty,
  Form,
  Head,
  LinkButton,
  LongTextField,
  Money,
  Note,
  Pane,
  PersonName,
  Row,
  StaffLayout,
  Table,
  Tabs,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedText, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { dayOf } from '../ceiling.ts'
import { type Cheque, type ChequeState, chequesIn, clearCheque, getCheque } from '../cheques.ts'
import { returnCheque } from '../return-cheque.ts'
import { tillText, tillTexts } from '../strings.ts'
import { act } from './act.ts'

const states = ['held', 'cleared', 'returned'] as const

/** GET: the cheques by the day they fall due, and what the bank has said of them. */
export async function showCheques(call: Call, refusal?: string): Promise<Response> {
  const state = states.find(each => each === call.query.state) ?? 'held'
  const { cheques, today } = await read(call, async tx => ({
    cheques: await chequesIn(tx, state),
    today: await dayOf(tx),
  }))
  const title = tillText(call.locale, 'cheques-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs links={[{ label: tillText(call.locale, 'hub-title'), href: url(call, addresses.treasury) }]} />
      <Head title={title} sub={tillText(call.locale, 'cheques-sub')} />
      {refusal && <Note tone="sumac">{refusal}</Note>}
      <Tabs
        label={title}
        tabs={states.map(each => ({
          label: tillText(call.locale, `cheques-${each}`),
          href: url(call, addresses.treasuryCheques, {}, { state: each === 'held' ? undefined : each }),
          current: each === state,
        }))}
      />
      <List cheques={cheques} state={state} today={today} />
    </StaffLayout>,
    refusal ? 409 : 200,
  )
}

function List({ cheques, state, today }: { cheques: Cheque[]; state: ChequeState; today: string }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  if (cheques.length === 0)
    return (
      <Empty title={t('cheques-none')} level={2}>
        {t('cheques-none-next')}
      </Empty>
    )
  const columns: Column<Cheque>[] = [
    {
      id: 'due',
      head: t('cheque-due'),
      cell: each => <DateText value={each.dueOn} form="plain" />,
      tight: true,
    },
    { id: 'number', head: t('cheque-number'), heads: true, cell: each => <bdi>{each.number}</bdi> },
    {
      id: 'bank',
      head: t('cheque-bank'),
      cell: each => [each.bank, each.branch].filter(Boolean).join(t('comma')),
    },
    {
      id: 'drawer',
      head: t('cheque-drawer'),
      cell: each => <PersonName>{each.drawer}</PersonName>,
      phone: 'line',
    },
    {
      id: 'receipt',
      head: t('cheque-receipt'),
      cell: each => (
        <a href={url(addresses.receipt, { id: each.receiptId })}>
          <bdi>{each.receiptNumber}</bdi>
        </a>
      ),
    },
    { id: 'amount', head: t('amount'), cell: each => <Money value={each.amount} strong />, tight: true },
    state === 'held'
      ? {
          id: 'do',
          head: t('cheque-acts'),
          phone: 'line' as const,
          cell: each => <Acts cheque={each} today={today} />,
        }
      : {
          id: 'reason',
          head: t('reason'),
          cell: each => each.reason ?? (each.settledAt && <DateText value={each.settledAt} form="plain" />),
        },
  ]
  return (
    <Pane id="cheques" title={t(`cheques-${state === 'void' ? 'held' : state}`)} icon="doc" pad={false}>
      <Table caption={t('cheques-title')} columns={columns} rows={cheques} rowId={each => each.id} />
    </Pane>
  )
}

function Acts({ cheque, today }: { cheque: Cheque; today: string }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  return (
    <Row>
      {cheque.dueOn <= today && (
        <Form action={url(addresses.treasuryCheque, { cheque: cheque.id })} hidden={{ act: 'clear' }} inline>
          <Button variant="quiet" label={`${t('cheque-clear')} ${cheque.number}`}>
            {t('cheque-clear')}
          </Button>
        </Form>
      )}
      <LinkButton href={url(addresses.treasuryCheque, { cheque: cheque.id })} variant="plain">
        {t('cheque-return')}
      </LinkButton>
    </Row>
  )
}

/** GET: asks before a cheque is recorded as returned. */
export async function askReturn(call: Call, fault?: string): Promise<Response> {
  const cheque = await read(call, tx => getCheque(tx, idParam(call, 'cheque')))
  const { number, amount } = cheque
  const faults = fault ? [{ field: 'reason', code: fault }] : []
  const title = tillText(call.locale, 'cheque-return-title', { number })
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Confirm
        title={title}
        action={url(call, addresses.treasuryCheque, { cheque: cheque.id })}
        verb={tillText(call.locale, 'cheque-return-verb')}
        stops
        back={url(call, addresses.treasuryCheques)}
        hidden={{ act: 'return' }}
        fields={
          <LongTextField
            name="reason"
            label={tillText(call.locale, 'cheque-return-reason')}
            hint={tillText(call.locale, 'cheque-return-hint')}
            value={typedText(call, 'reason')}
            fault={faults[0]}
            maxLength={400}
            rows={2}
          />
        }
      >
        {tillText(call.locale, 'cheque-return-body', { amount: formatMoney(amount, call.locale) })}
      </Confirm>
    </StaffLayout>,
    fault ? 422 : 200,
  )
}

/** POST: the bank paid, or did not. */
export async function settleCheque(call: Call): Promise<Response> {
  const id = idParam(call, 'cheque')
  const { number } = await read(call, tx => getCheque(tx, id))
  const by = actorKey(call.visitor.actor)
  const returns = typedText(call, 'act') === 'return'
  const reason = typedText(call, 'reason').trim()
  if (reason.length > 400) throw new BadRequest('reason-too-long')
  if (returns && reason === '') return askReturn(call, 'reason-missing')
  return act(call, {
    to: url(call, addresses.treasuryCheques),
    said: tillText(call.locale, returns ? 'cheque-returned' : 'cheque-cleared', { number }),
    work: tx =>
      returns ? returnCheque(tx, call.house.events, id, { by, reason }) : clearCheque(tx, id, { by }),
    again: refusal => showCheques(call, refusal),
  })
}
