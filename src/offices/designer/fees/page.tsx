import { may } from '../../../kernel/access/index.ts'
import { tariffsRead } from '../../../kernel/definition/index.ts'
import { isoDate } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { type CalendarDate, dateIn, isCalendarDate } from '../../../lib/calendar.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import { inLocale } from '../../../lib/localized.ts'
import type { Money as MoneyValue } from '../../../lib/money.ts'
import {
  Button,
  CheckField,
  type Column,
  Crumbs,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  Money,
  Note,
  Pane,
  Stack,
  StaffLayout,
  Table,
  TextField,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, param, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { catalogueOf } from '../../catalogue/index.ts'
import { tariffsOn } from '../../treasury/index.ts'
import { designerText, designerTexts } from '../strings.ts'
import { applyToTouched, type Touched, type TouchedRequest, touchedBy } from './touched.ts'

type Typed = { decision: string; sure: boolean }
type View = {
  key: string
  from: CalendarDate
  amount: MoneyValue | undefined
  names: string
  touched: Touched
  typed?: Typed
  faults?: Fault[]
}

/** GET: the open requests that an amount from a day on would touch. */
export async function showFeeRequests(call: Call): Promise<Response> {
  return show(call, await load(call, call.query.from))
}

async function load(call: Call, asked: string | undefined): Promise<View> {
  const key = param(call, 'key')
  const today = dateIn(call.now, call.town.timeZone)
  const day = asked === undefined ? today : isoDate(asked)
  if (!day || !isCalendarDate(day)) throw new NotFound('no-such-page')
  return read(call, async tx => {
    const { newest } = await catalogueOf(tx)
    const named = newest.filter(({ service }) => service.definition.tariffs.some(each => each.key === key))
    if (named.length === 0) throw new NotFound('no-such-tariff')
    const fees = named.flatMap(({ service }) =>
      service.definition.fees.filter(fee => tariffsRead(fee.amount).includes(key)),
    )
    const names = [...new Set(fees.map(fee => inLocale(fee.name, call.locale)))]
    return {
      key,
      from: day,
      amount: (await tariffsOn(tx, day))[key] ?? named[0]?.service.tariffsOn(day)[key],
      names: names.join(call.locale === 'ar' ? '، ' : ', ') || key,
      touched: await touchedBy(tx, { key, from: day, timeZone: call.town.timeZone }),
    }
  })
}

const longestDecision = 60

/** POST: lets the amount hold for them too, by a decision. */
export async function saveFeeRequests(call: Call): Promise<Response> {
  const view = await load(call, typedText(call, 'from'))
  const typed = { decision: typedText(call, 'decision').trim(), sure: typedText(call, 'sure') !== '' }
  const faults: Fault[] = []
  if (typed.decision === '') faults.push({ field: 'decision', code: 'decision-missing' })
  else if (typed.decision.length > longestDecision)
    faults.push({ field: 'decision', code: 'too-long', values: { max: longestDecision } })
  if (!typed.sure) faults.push({ field: 'sure', code: 'required' })
  if (faults.length > 0) return show(call, { ...view, typed, faults })
  const by = actorKey(call.visitor.actor)
  const { key, from } = view
  const { timeZone } = call.town
  const answer = await write(call, async tx => {
    await applyToTouched(tx, { key, from, timeZone, decision: typed.decision, by })
    return { redirect: url(call, addresses.designerFees, { key }, { from }) }
  })
  const { count } = view.touched
  flash(call, { text: designerText(call.locale, 'fee-applied', { count, decision: typed.decision }) })
  return answer
}

function show(call: Call, view: View): Response {
  const title = designerText(call.locale, 'fee-title', { fee: view.names })
  const { count } = view.touched
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs links={[{ label: designerText(call.locale, 'settings'), href: url(call, addresses.manage) }]} />
      <Head title={title} sub={<Amount view={view} />} />
      {count === 0 ? (
        <Empty title={designerText(call.locale, 'fee-none')} level={2}>
          {designerText(call.locale, 'fee-none-next')}
        </Empty>
      ) : (
        <Zones kind="wide">
          <Requests touched={view.touched} />
          <Stack>{may(call.visitor.actor, 'settings.write') && <Apply view={view} />}</Stack>
        </Zones>
      )}
    </StaffLayout>,
    view.faults ? 422 : 200,
  )
}

function Amount({ view: { amount, from } }: { view: View }) {
  const rich = useRichTexts(designerTexts)
  if (!amount) return null
  return rich('fee-sub', { amount: <Money value={amount} />, date: <DateText value={from} form="plain" /> })
}

function Requests({ touched: { count, some } }: { touched: Touched }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const page = usePage()
  const columns: Column<TouchedRequest>[] = [
    {
      id: 'request',
      head: t('fee-request'),
      heads: true,
      cell: row => (
        <a href={page.url(addresses.officeRequest, { id: row.id })}>
          <bdi dir="ltr">{row.number}</bdi>
        </a>
      ),
    },
    { id: 'service', head: t('service'), phone: 'line', cell: row => local(row.service) },
    { id: 'filed', head: t('fee-filed'), cell: row => <DateText value={row.filedAt} form="plain" /> },
  ]
  return (
    <Pane
      id="requests"
      title={t('fee-count', { count })}
      icon="doc"
      pad={false}
      footer={count > some.length ? t('fee-first') : undefined}
    >
      <Table caption={t('fee-request')} columns={columns} rows={some} rowId={row => row.id} />
    </Pane>
  )
}

function Apply({ view: { key, from, typed, faults } }: { view: View }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Pane id="apply" title={t('fee-apply')} icon="cash">
      <Stack>
        <Note small>{t('fee-law')}</Note>
        <Form action={page.url(addresses.designerFees, { key })} hidden={{ from }}>
          <TextField
            name="decision"
            label={t('fee-decision')}
            hint={t('fee-decision-hint')}
            value={typed?.decision}
            fault={faultOf(faults, 'decision')}
            maxLength={longestDecision}
            width="mid"
          />
          <CheckField
            name="sure"
            label={t('fee-sure')}
            checked={typed?.sure}
            fault={faultOf(faults, 'sure')}
          />
          <Button>{t('fee-apply')}</Button>
        </Form>
      </Stack>
    </Pane>
  )
}
