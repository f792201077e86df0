import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aPerson, aStaffMember, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { doorKey } from './hall/door-key.ts'
import { showMoves, visitRoutes, windowsOf } from './index.ts'
import { visitRules } from './setup.ts'
import { groundsOf } from './store.ts'
import { aHall } from './testing/hall.ts'

const { open, minutes } = aHall(await testDatabase())

async function aDoorToTheHall() {
  const hall = await open()
  showMoves(hall.house)
  const { knock } = aDoor(hall.house, visitRoutes)
  const clerk = await logInAs(hall.place, { staffId: hall.one.staffId })
  const at = (path: string) => `/~${hall.town.slug}${path}`
  const ask = async (path: string, form?: Record<string, string>, cookie?: string) => {
    const answer = await knock(at(path), { ...(form && { form }), ...(cookie && { cookie }) })
    const html = answer.headers.get('content-type')?.includes('event-stream') ? '' : await answer.text()
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html,
      answer,
      text: html
        .replace(/<head>.*?<\/head>/s, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' '),
    }
  }
  const strip = (form: Record<string, string>) => ask(fillAddress(addresses.counterVisit, {}), form, clerk)
  const queue = (form?: Record<string, string>) => ask(fillAddress(addresses.counterVisits, {}), form, clerk)
  return { ...hall, ask, strip, queue, clerk, key: doorKey({ house: hall.house, town: hall.town }) }
}

describe('the screen of the hall', () => {
  test('shows what is called to which window, and nobody', async () => {
    const { ask, turn, strip, place } = await aDoorToTheHall()
    const person = await aPerson(place)
    await turn({ personId: person.id, phone: '+970599123123' })
    await turn()
    await strip({ do: 'next' })
    const { text, html } = await ask('/hall')
    expect(text).toContain('أ 001')
    expect(text).toContain('شباك 1')
    expect(text).toContain('أ 002')
    expect(html).not.toContain(person.name.family)
    expect(html).not.toContain('599')
    expect(html).toMatch(/<noscript><meta http-equiv="refresh" content="15"/i)
  })

  test('hears when the queue has moved', async () => {
    const { ask, turn } = await aDoorToTheHall()
    const { answer } = await ask('/hall/live')
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await next()).toContain('retry')
    await turn()
    expect(await next()).toContain('"hall"')
    await reader.cancel()
  })
})

describe('the machine at the door', () => {
  test('gives a turn with a slip, and only the machine does', async () => {
    const { ask, key, rows } = await aDoorToTheHall()
    expect((await ask('/hall/turn')).text).toContain('لجهاز الباب')
    expect((await ask('/hall/turn', { purpose: 'pay' })).status).toBe(403)
    const taken = await ask('/hall/turn', { purpose: 'pay', key })
    expect(taken.status).toBe(303)
    const slip = await ask(taken.location.replace(/^\/~[^/]+/, ''))
    expect(slip.text).toContain('ج 001')
    expect(slip.text).toContain('أنت التالي')
    expect(await rows()).toMatchObject([{ channel: 'door', purpose_code: 'pay' }])
  })

  test('keeps what was typed when the telephone is wrong, and says when the centre is closed', async () => {
    const { ask, key, rows } = await aDoorToTheHall()
    const wrong = await ask('/hall/turn', { purpose: 'pay', key, phone: '05991' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('05991')
    minutes(12 * 60)
    const closed = await ask('/hall/turn', { purpose: 'pay', key })
    minutes(-12 * 60)
    expect(closed.status).toBe(409)
    expect(closed.text).toContain('المركز مغلق الآن')
    expect(await rows()).toEqual([])
  })
})

describe('a turn from afar', () => {
  test('is taken with a telephone, shows its place, and is left', async () => {
    const { ask, rows, turn } = await aDoorToTheHall()
    await turn()
    expect((await ask('/turn', { purpose: 'file', phone: '' })).status).toBe(422)
    const taken = await ask('/turn', { purpose: 'file', phone: '0599 123 321' })
    expect(taken.status).toBe(303)
    const page = taken.location.replace(/^\/~[^/]+/, '')
    expect((await ask(page)).text).toContain('قبلك واحد')
    expect((await ask('/turn', { purpose: 'file', phone: '0599123321' })).location).toBe(taken.location)
    expect((await ask(`${page}/leave`, {})).status).toBe(303)
    expect((await ask(page)).text).toContain('خذ دورًا جديدًا')
    expect((await rows()).map(row => row.state)).toEqual(['waiting', 'left'])
  })

  test('of whoever is logged in asks for no telephone, and leads back to the turn they have', async () => {
    const { ask, place, rows } = await aDoorToTheHall()
    const person = await aPerson(place)
    const cookie = await logInAs(place, { personId: person.id })
    const taken = await ask('/my/turn', { purpose: 'ask' }, cookie)
    expect(taken.status).toBe(303)
    expect((await ask('/my/turn', undefined, cookie)).location).toBe(taken.location)
    const [row] = await rows()
    expect(row).toMatchObject({ person_id: person.id, channel: 'portal' })
    expect(row?.phone_index).not.toBeNull()
  })
})

describe('the strip of the counter', () => {
  test('calls, serves and ends, one button after another', async () => {
    const { strip, queue, turn, rows } = await aDoorToTheHall()
    await turn()
    await turn()
    expect((await queue()).text).toContain('ينتظر شباكك شخصان')
    const called = await strip({ do: 'next', back: '/nowhere' })
    expect(called.location).toMatch(/\/counter$/)
    await strip({ do: 'next' })
    expect((await queue()).text).toContain('أ 001')
    await strip({ do: 'serve', identity: 'passport' })
    await strip({ do: 'done-next' })
    expect((await rows()).map(({ state, identity_shown }) => [state, identity_shown])).toEqual([
      ['done', 'passport'],
      ['called', null],
    ])
    await strip({ do: 'no-show' })
    expect((await queue()).text).toContain('نودوا ولم يحضروا')
  })

  test('refuses a call out of turn without a reason, and keeps whom one chose', async () => {
    const { queue, turn, rows } = await aDoorToTheHall()
    await turn()
    minutes(1)
    const { visit } = await turn()
    const refused = await queue({ do: 'out-of-turn', visit: visit.id, reason: '' })
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(
      new RegExp(`(checked=""[^>]*value="${visit.id}"|value="${visit.id}"[^>]*checked="")`),
    )
    expect((await queue({ do: 'out-of-turn', visit: visit.id, ready: 'حالة طارئة' })).status).toBe(303)
    expect((await rows()).map(row => row.out_of_turn_reason)).toEqual([null, 'حالة طارئة'])
  })

  test('is for those who may call: a citizen is sent away', async () => {
    const { ask, place } = await aDoorToTheHall()
    const person = await aPerson(place)
    const cookie = await logInAs(place, { personId: person.id })
    expect((await ask('/counter/visits', undefined, cookie)).status).toBe(403)
  })
})

describe('the settings of the queue', () => {
  async function asManager() {
    const hall = await aDoorToTheHall()
    const manager = await aStaffMember(hall.place, 'manager')
    const cookie = await logInAs(hall.place, { staffId: manager.id })
    const settle = (form?: Record<string, string>, query = '') =>
      hall.ask(`/manage/windows${query}`, form, cookie)
    return { ...hall, settle }
  }

  test('add a window, and what people come for with a letter of its own', async () => {
    const { settle, read } = await asManager()
    const names = { nameAr: 'بلاغ', nameEn: 'Report', open: 'yes' }
    const taken = await settle({ edit: 'purpose:new', letter: 'أ', promise: '15', ...names })
    expect(taken.status).toBe(422)
    expect(taken.text).toContain('هذا الحرف لغرض آخر')
    expect(taken.html).toContain('value="بلاغ"')
    expect((await settle({ edit: 'purpose:new', letter: 'و', promise: '١٥', ...names })).status).toBe(303)
    const window = { edit: 'window:new', number: '7', nameAr: 'شباك 7', nameEn: 'Window 7', open: 'yes' }
    expect((await settle(window)).status).toBe(422)
    expect((await settle({ ...window, purposes: 'report' })).status).toBe(303)
    const windows = await read(windowsOf)
    expect(windows.at(-1)).toMatchObject({ number: 7, purposes: ['report'], open: true })
    expect((await settle(undefined, '?edit=window:7')).html).toContain('value="شباك 7"')
  })

  test('name who may be called before their turn', async () => {
    const { settle, read } = await asManager()
    const names = { nameAr: 'أسرة شهيد', nameEn: 'Family of a martyr', open: 'yes' }
    expect((await settle({ edit: 'ground:new', ...names })).status).toBe(303)
    expect((await settle({ edit: 'ground:new', ...names })).text).toContain('هذا الاسم لغيره')
    expect((await settle({ edit: 'ground:elderly', nameAr: 'مسن', nameEn: 'Elderly' })).status).toBe(303)
    expect((await read(groundsOf)).map(each => `${each.code} ${each.open}`)).toEqual([
      'elderly false',
      'disability true',
      'pregnant true',
      'family-of-a-martyr true',
    ])
  })

  test('set the rules within what makes sense', async () => {
    const { settle, read } = await asManager()
    const rules = { groundEvery: '4', ceilingMinutes: '45', soonAt: '5', graceMinutes: '0' }
    expect((await settle({ edit: 'rules', ...rules })).status).toBe(422)
    expect((await settle({ edit: 'rules', ...rules, graceMinutes: '15' })).status).toBe(303)
    expect(await read(tx => visitRules(tx, '2026-11-22'))).toMatchObject({ groundEvery: 4, graceMinutes: 15 })
  })
})
