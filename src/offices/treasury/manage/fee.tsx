import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { plainDate, shortDate } from '../../../lib/dates.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import { formatMoney } from '../../../lib/money.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateField,
  DateText,
  Form,
  faultOf,
  Head,
  Money,
  MoneyField,
  Note,
  Pane,
  Read,
  Stack,
  StaffLayout,
  Table,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import type { StaffMember } from '../../people/index.ts'
import { setTariff } from '../tariffs.ts'
import { readTariff, type TariffLine, type TariffRow } from './model.ts'
import { readSettings } from './store.ts'
import { manageText, manageTexts } from './strings.ts'
import { Decision, feeName, serviceNames, Writer } from './words.tsx'

type View = { line: TariffLine; staff: Map<string, StaffMember>; typed?: Typed; faults?: Fault[] }
type Typed = { amount: string; from: string; decision: string }

/** GET: one fee with everything that was written of it, and the form of a new amount for who may write it. */
export async function showFee(call: Call): Promise<Response> {
  return show(call, await find(call, call.query.fee))
}

const todayOf = (call: Call) => dateIn(call.now, call.town.timeZone)

async function find(call: Call, key: string | undefined): Promise<View> {
  const { tariffs, staff } = await read(call, tx => readSettings(tx, todayOf(call)))
  const line = tariffs.find(each => each.key === key)
  if (!line) throw new NotFound('no-such-tariff')
  return { line, staff }
}

/** POST: adds the council's amount to the series. */
export async function saveFee(call: Call): Promise<Response> {
  const view = await find(call, typedText(call, 'fee'))
  const { key, currency } = view.line
  const typed = {
    amount: typedText(call, 'amount'),
    from: typedText(call, 'from'),
    decision: typedText(call, 'decision'),
  }
  const reading = readTariff(typed, { currency, today: todayOf(call) })
  if (!reading.ok) return show(call, { ...view, typed, faults: reading.faults })
  const { amount, from, decision } = reading.value
  const answer = await write(call, async tx => {
    await setTariff(tx, { key, amount, from, decision, by: actorKey(call.visitor.actor) })
    return { redirect: url(call, addresses.manage) }
  })
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  flash(call, {
    text: manageText(call.locale, 'fee-saved', {
      fee: feeName(view.line, call.locale),
      amount: formatMoney(amount, call.locale),
      date: plainDate(from, call.now, style),
      decision,
    }),
  })
  return answer
}

function show(call: Call, view: View): Response {
  const { line, faults } = view
  const title = feeName(line, call.locale)
  const word = (key: Parameters<typeof manageText>[1], values = {}) => manageText(call.locale, key, values)
  const unwritten = line.now === undefined || !line.now.confirmed
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ label: word('back'), href: url(call, addresses.manage) }]} />
      <Read>
        <Head title={title} sub={word('of-services', { services: serviceNames(line, call.locale) })} />
        <Stack>
          {unwritten && line.note && (
            <Note tone="honey">
              <bdi lang="ar">{line.note}</bdi>
            </Note>
          )}
          {may(call.visitor.actor, 'settings.write') && <NewAmount {...view} />}
          <Series {...view} />
        </Stack>
      </Read>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

function NewAmount({ line, typed, faults }: View) {
  const t = useTexts(manageTexts)
  const page = usePage()
  const today = shortDate(page.now, page)
  return (
    <Pane
      id="new"
      title={t('fee-form')}
      end={
        line.now && (
          <>
            {t('fee-now')}: <Money value={line.now.amount} />
          </>
        )
      }
    >
      <Stack>
        <p className="sm mut">{t('fee-form-sub')}</p>
        <Form action={page.url(addresses.manageSettings)} hidden={{ fee: line.key }}>
          <MoneyField
            name="amount"
            label={t('fee-amount')}
            value={typed?.amount}
            fault={faultOf(faults, 'amount')}
            currency={line.currency}
          />
          <DateField
            name="from"
            label={t('fee-from')}
            hint={t('fee-from-hint', { example: today })}
            value={typed?.from ?? today}
            fault={faultOf(faults, 'from')}
          />
          <TextField
            name="decision"
            label={t('fee-decision')}
            hint={t('fee-decision-hint')}
            value={typed?.decision}
            fault={faultOf(faults, 'decision')}
            width="mid"
            maxLength={60}
          />
          <Button>{t('fee-save')}</Button>
        </Form>
      </Stack>
    </Pane>
  )
}

/** The record, newest first. */
function Series({ line, staff }: View) {
  const t = useTexts(manageTexts)
  const page = usePage()
  const last = line.series.findLast(row => row.setBy !== undefined)
  const columns: Column<TariffRow>[] = [
    {
      id: 'from',
      head: t('series-from'),
      heads: true,
      cell: row => <DateText value={row.from} form="plain" />,
    },
    { id: 'amount', head: t('series-amount'), cell: row => <Money value={row.amount} strong /> },
    { id: 'decision', head: t('decision'), cell: row => <Decision row={row} /> },
    {
      id: 'by',
      head: t('series-by'),
      phone: 'line' as const,
      dim: true,
      cell: row =>
        row.setBy ? (
          <>
            <Writer of={row.setBy} staff={staff} />{' '}
            {row.setAt && <DateText value={row.setAt} form="moment" />}
          </>
        ) : (
          t('series-default')
        ),
    },
  ]
  return (
    <Pane
      id="series"
      title={t('fee-series')}
      pad={false}
      footer={
        last && (
          <a href={page.url(addresses.designerFees, { key: line.key }, { from: last.from })}>
            {t('fee-open-requests')}
          </a>
        )
      }
    >
      <Table
        caption={t('fee-series')}
        columns={columns}
        rows={line.series.toReversed()}
        rowId={row => `${row.from} ${row.setAt?.toISOString() ?? ''}`}
      />
    </Pane>
  )
}
