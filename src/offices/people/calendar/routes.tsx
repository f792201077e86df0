import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn, isCalendarDate } from '../../../lib/calendar.ts'
import { Conflict, type Fault, NotFound } from '../../../lib/errors.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { announceChange, calendarNow, withdrawChange } from './actions.ts'
import { readChange } from './model.ts'
import { CalendarPage } from './page.tsx'
import { calendarText } from './strings.ts'

/** GET: when the town is open, and what was announced. */
async function showCalendar(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const calendar = await read(call, tx => calendarNow(tx, call.town.timeZone))
  const mayWrite = may(call.visitor.actor, 'settings.write')
  const typed = faults.length > 0 ? call.typed : {}
  const kind =
    (faults.length > 0 ? typedText(call, 'kind') : call.query.kind) === 'hours' ? 'hours' : 'closure'
  const view = { calendar, mayWrite, faults, typed, kind } as const
  return showPage(call, <CalendarPage view={view} />, faults.length > 0 ? 422 : 200)
}

/** POST: a closure, or other hours. */
async function announce(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const reading = readChange(name => typedText(call, name), typedList(call, 'days'), today)
  if (!reading.ok) return showCalendar(call, reading.faults)
  const answer = await write(call, async tx => {
    await announceChange(tx, call.house, reading.change, actorKey(call.visitor.actor))
    return { redirect: url(call, addresses.manageCalendar) }
  })
  flash(call, { text: calendarText(call.locale, `said-${reading.change.kind}`) })
  return answer
}

/** POST: takes back what has not come yet. */
async function withdraw(call: Call): Promise<Response> {
  const from = typedText(call, 'from')
  if (!isCalendarDate(from)) throw new NotFound('no-such-change')
  const kind = typedText(call, 'kind') === 'hours' ? 'hours' : 'closure'
  const today = dateIn(call.now, call.town.timeZone)
  try {
    const answer = await write(call, async tx => {
      await withdrawChange(tx, call.house, { kind, from, today }, actorKey(call.visitor.actor))
      return { redirect: url(call, addresses.manageCalendar) }
    })
    flash(call, { text: calendarText(call.locale, 'said-withdrawn') })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return showCalendar(call, [{ field: 'kind', code: 'no-such-change' }])
  }
}

/** Opening hours and closures: read by all of the staff, changed by the administrator. */
export const calendarRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.manageCalendar,
    access: staff('settings.read'),
    audit: nothing('says nothing of anybody'),
    handle: call => showCalendar(call),
  }),
  route({
    method: 'post',
    address: addresses.manageCalendar,
    access: staff('settings.write'),
    audit: acts('calendar.announce'),
    handle: announce,
  }),
  route({
    method: 'post',
    address: addresses.manageCalendarWithdraw,
    access: staff('settings.write'),
    audit: acts('calendar.withdraw'),
    handle: withdraw,
  }),
]
