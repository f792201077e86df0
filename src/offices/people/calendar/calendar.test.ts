import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { addDays, closureOn, dateIn, hoursOn } from '../../../lib/calendar.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { calendarRoutes } from './routes.tsx'

const db = await testDatabase()
const house = aHouse(db)

/** The page of a town of its own, as one of the staff works with it. */
async function aPage(role: 'admin' | 'clerk' = 'admin') {
  const town = await aTown(house)
  const { id } = await aStaffMember({ house, town: town.id }, role)
  const cookie = await logInAs({ house, town: town.id }, { staffId: id })
  const { knock } = aDoor(house, calendarRoutes)
  const prefix = `/~${town.slug}`
  const ask = async (
    address: typeof addresses.manageCalendar | typeof addresses.manageCalendarWithdraw,
    form?: Record<string, string | string[]>,
  ) => {
    const answer = await knock(townUrl({ prefix }, address, {}), {
      cookie,
      ...(form && { form }),
    })
    return { status: answer.status, html: await answer.text() }
  }
  const calendar = async () => (await openTownDirectory(db.database, () => 0).get(town.id)).calendar
  const today = dateIn(db.clock.now(), town.timeZone)
  const day = (ahead: number) => addDays(today, ahead)
  const typed = (date: string) => date.split('-').reverse().join('/')
  return { ask, calendar, day, typed }
}

describe('the calendar of the town', () => {
  test('closes the days that are announced, each once', async () => {
    const { ask, calendar, day, typed } = await aPage()
    const form = { kind: 'closure', from: typed(day(3)), to: typed(day(5)), reason: 'عيد الفطر' }
    expect((await ask(addresses.manageCalendar, form)).status).toBe(303)
    await ask(addresses.manageCalendar, { ...form, from: typed(day(5)), to: '', reason: 'مرة ثانية' })
    const known = await calendar()
    expect([2, 3, 4, 5, 6].map(ahead => closureOn(known, day(ahead)))).toEqual([
      undefined,
      'عيد الفطر',
      'عيد الفطر',
      'عيد الفطر',
      undefined,
    ])
    expect((await ask(addresses.manageCalendar)).html).toContain('عيد الفطر')
  })

  test('takes other hours for a time, on the days chosen', async () => {
    const { ask, calendar, day, typed } = await aPage()
    const form = { kind: 'hours', from: typed(day(7)), to: typed(day(36)), reason: 'دوام رمضان' }
    const hours = { opens: '٩:٠٠', closes: '14:00', days: ['0', '1', '2', '3', '4'] }
    expect((await ask(addresses.manageCalendar, { ...form, ...hours })).status).toBe(303)
    const known = await calendar()
    const week = [0, 1, 2, 3, 4, 5, 6].map(ahead => hoursOn(known, day(7 + ahead)))
    expect(week.filter(hours => hours?.from === '09:00' && hours.to === '14:00')).toHaveLength(5)
    expect(week.filter(hours => hours === null)).toHaveLength(2)
    expect(hoursOn(known, day(37))?.from).not.toBe('09:00')
  })

  test('gives the form back with what was typed and says what is wrong', async () => {
    const { ask, calendar } = await aPage()
    const answer = await ask(addresses.manageCalendar, {
      kind: 'hours',
      from: '31/2/2026',
      to: '',
      reason: '',
      opens: '15:00',
      closes: '25:61',
    })
    expect(answer.status).toBe(422)
    for (const words of ['31/2/2026', '15:00', '25:61']) expect(answer.html).toContain(words)
    for (const field of ['from', 'reason', 'closes', 'days']) expect(answer.html).toContain(`${field}-`)
    expect((await calendar()).special ?? []).toEqual([])
  })

  test('takes back what has not come yet', async () => {
    const { ask, calendar, day, typed } = await aPage()
    await ask(addresses.manageCalendar, { kind: 'closure', from: typed(day(4)), to: '', reason: 'العيد' })
    expect((await ask(addresses.manageCalendarWithdraw, { kind: 'closure', from: day(4) })).status).toBe(303)
    expect(closureOn(await calendar(), day(4))).toBeUndefined()
    expect((await ask(addresses.manageCalendarWithdraw, { kind: 'closure', from: day(4) })).status).toBe(422)
  })

  test('is read by the staff and changed by the administrator alone', async () => {
    const { ask, calendar, day, typed } = await aPage('clerk')
    const form = { kind: 'closure', from: typed(day(4)), to: '', reason: 'أريد أن أنام' }
    expect((await ask(addresses.manageCalendar, form)).status).toBe(403)
    expect(closureOn(await calendar(), day(4))).toBeUndefined()
  })
})
