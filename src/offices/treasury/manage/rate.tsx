import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import { currencyWord } from '../../../lib/money.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  NumberField,
  Pane,
  Read,
  StaffLayout,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import type { Rate } from '../model.ts'
import { rateFigures } from '../pages/sheets.tsx'
import { rateOn, setRate } from '../rates.ts'
import { settingOn } from '../settings.ts'
import { isRated, type RatedCurrency, rateBounds, rateBoundsKey, readRate, usualBounds } from './model.ts'
import { manageText, manageTexts } from './strings.ts'

type View = { currency: RatedCurrency; rate: Rate | undefined; typed?: string; faults?: Fault[] }

/** GET: the form of a currency's rate from now on. */
export async function showRate(call: Call): Promise<Response> {
  return show(call, await find(call, call.query.currency ?? ''))
}

async function find(call: Call, currency: string): Promise<View> {
  if (!isRated(currency)) throw new NotFound('no-such-currency')
  return { currency, rate: await read(call, tx => rateOn(tx, currency, tx.now)) }
}

/** POST: the rate from this instant on. */
export async function saveRate(call: Call): Promise<Response> {
  const view = await find(call, typedText(call, 'currency'))
  const { currency } = view
  const typed = typedText(call, 'rate')
  const today = dateIn(call.now, call.town.timeZone)
  const set = await read(call, tx => settingOn(tx, rateBoundsKey, rateBounds, today))
  const bounds = set?.value ?? usualBounds
  const reading = readRate(typed, bounds)
  if (!reading.ok) {
    const faults = [{ field: 'rate', code: reading.code, values: bounds }]
    return show(call, { ...view, typed, faults })
  }
  const answer = await write(call, async tx => {
    await setRate(tx, { currency, rate: reading.value, setBy: actorKey(call.visitor.actor).id })
    return { redirect: url(call, addresses.manage) }
  })
  flash(call, {
    text: manageText(call.locale, 'rate-saved', {
      currency: manageText(call.locale, currency),
      rate: rateFigures(reading.value.toString()),
    }),
  })
  return answer
}

function show(call: Call, view: View): Response {
  const word = (key: Parameters<typeof manageText>[1], values = {}) => manageText(call.locale, key, values)
  const title = word('rate-title', { currency: word(view.currency) })
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs links={[{ label: word('back'), href: url(call, addresses.manage) }]} />
      <Read>
        <Head title={title} sub={word('rate-sub')} />
        <NewRate {...view} />
      </Read>
    </StaffLayout>,
    view.faults ? 422 : 200,
  )
}

function NewRate({ currency, rate, typed, faults }: View) {
  const t = useTexts(manageTexts)
  const page = usePage()
  const now = rate && `${rateFigures(rate.rate.toString())} ${currencyWord('ILS', page.locale)}`
  return (
    <Pane id="new" title={t('rates')} end={now && `${t('rate-now')}: ${now}`}>
      <Form action={page.url(addresses.manageRate)} hidden={{ currency }}>
        <NumberField
          name="rate"
          label={t('rate-field', { currency: t(`${currency}-one`) })}
          hint={t('rate-hint', { example: currency === 'JOD' ? '5.10' : '3.62' })}
          value={typed}
          fault={faultOf(faults, 'rate')}
          unit={currencyWord('ILS', page.locale)}
          decimal
        />
        <Button>{t('rate-save')}</Button>
      </Form>
    </Pane>
  )
}
