import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { onlyOwnCauses } from '../../../test/builders/looks.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff, logInAs } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { dateIn } from '../../lib/calendar.ts'
import { openWindow } from '../../server.ts'
import type { Door } from '../../web/door.ts'
import { getRequest } from './index.ts'
import { partsOf } from './parts/store.ts'
import { publishTrial } from './testing/licence.ts'

onlyOwnCauses()

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let door: Door
let person: BuiltPerson
let staff: Record<'clerk' | 'planner' | 'health' | 'mayor', BuiltStaff>
const cookies: Record<string, string> = {}
let id: string
let token: string

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, [])
  await db.database.write(bench.town.id, publishTrial)
  door = await openWindow(house)
  person = await aPerson({ house, town: bench.town.id })
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    planner: await aWorker(bench, 'officer', 'planning'),
    health: await aWorker(bench, 'officer', 'health'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
  }
  await logIn()
  const answers = { area: 300, use: 'سكن وتجارة' }
  const filed = await aFiledRequest(bench, person.id, { serviceCode: 'TST-90', answers, papers: ['deed'] })
  id = filed.requestId
  token = filed.trackingToken
})

async function logIn(): Promise<void> {
  const place = { house, town: bench.town.id }
  for (const [name, { id: staffId }] of Object.entries(staff))
    cookies[name] = await logInAs(place, { staffId })
  cookies.citizen = await logInAs(place, { personId: person.id })
}

const wordsOf = async (answer: Response) =>
  (await answer.text())
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[a-z0-9#]+;/g, ' ')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
const visit = async (by: string, path: string) => {
  const headers = { cookie: cookies[by] ?? '', host: 'localhost' }
  return wordsOf(await door.fetch(new Request(`http://localhost${path}`, { headers })))
}
let sent = 0
async function act(
  by: keyof typeof staff,
  name: string,
  fields: Record<string, string> = {},
): Promise<number> {
  const { projection } = await db.database.read(bench.town.id, tx => getRequest(tx, id))
  const task = projection.tasks.findLast(
    ({ office, state }) => office === staff[by].office && state !== 'closed',
  )
  const answer = await door.fetch(
    new Request(`http://localhost/office/requests/${id}/acts/${name}`, {
      method: 'POST',
      headers: {
        cookie: cookies[by] ?? '',
        host: 'localhost',
        origin: 'http://localhost',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ 'act.task': task?.id ?? '', _key: `key-of-kinds-${++sent}`, ...fields }),
    }),
  )
  return answer.status
}
const dayFromNow = (days: number): string => {
  const at = new Date(house.clock.now().getTime() + days * 86_400_000)
  const [year, month, day] = dateIn(at, bench.town.timeZone).split('-')
  return `${day}/${month}/${year}`
}

describe('opinions asked side by side', () => {
  test('show whoever gives one what they decide by, first', async () => {
    expect(await act('clerk', 'approve')).toBe(303)
    const page = await visit('planner', `/office/requests/${id}`)
    expect(page).toContain('ما تحكم به المساحة 300')
    expect(page).toContain('أبدِ الرأي بعد تعبئة: عدد الطوابق')
  })

  test('show whoever gathers them how each stands, and stay in sight once given', async () => {
    const before = await visit('clerk', `/office/requests/${id}`)
    expect(before).toContain('وصل 0 من 2')
    expect(before).toContain('تنتظر الآراء، وتمضي وحدها حين تكتمل')
    expect(await act('planner', 'opine', {})).toBe(422)
    expect(await act('planner', 'opine', { floors: '3', 'act.note': 'مطابق للمخطط' })).toBe(303)
    const page = await visit('clerk', `/office/requests/${id}`)
    expect(page).toContain('وصل 1 من 2')
    expect(page).toContain('مطابق للمخطط')
    expect(page).toMatch(/عدد الطوابق ?: 3/)
    expect(await visit('health', '/office')).toContain('رأي الصحة')
    expect(await visit('clerk', '/office?box=office')).toContain('تنتظر الآراء')
  })

  test('tell the applicant which came and which are awaited', async () => {
    const page = await visit('citizen', `/my/requests/${id}`)
    expect(page).toContain('دائرة التخطيط والتطوير: وصل رأيها')
    expect(page).toContain('دائرة الصحة والبيئة: ننتظر رأيها')
    expect(await visit('', `/track/${token}`)).toContain('دائرة الصحة والبيئة: ننتظر رأيها')
  })
})

describe('others outside', () => {
  test('are named to the applicant with the day they are awaited until, on every page that says where it is', async () => {
    expect(await act('health', 'opine')).toBe(422)
    expect(await act('health', 'opine', { 'act.note': 'لا مانع' })).toBe(303)
    const words = 'طلبك لدى وزارة الحكم المحلي، ننتظر الجواب حتى'
    expect(await visit('citizen', `/my/requests/${id}`)).toContain(words)
    expect(await visit('', `/track/${token}`)).toContain(words)
    expect(await visit('clerk', `/counter/requests/${id}`)).toContain(words)
    expect(await visit('citizen', '/my')).toContain('لدى وزارة الحكم المحلي.')
    expect(await visit('clerk', '/office?box=waiting')).toContain('تنتظر جواب وزارة الحكم المحلي')
    expect(await act('clerk', 'record', { letterNumber: '77/4' })).toBe(303)
  })
})

describe('a visit', () => {
  test('is appointed first, and reported on from its hour on', async () => {
    const page = await visit('planner', `/office/requests/${id}`)
    expect(page).toContain('يوم الكشف')
    expect(await visit('citizen', `/my/requests/${id}`)).toContain('يصلك يوم الكشف وساعته برسالة')
    const day = dayFromNow(1)
    expect(await act('planner', 'appoint', { 'act.day': day, 'act.from': '10:00', 'act.to': '09:30' })).toBe(
      422,
    )
    expect(await act('planner', 'appoint', { 'act.day': day, 'act.from': '10:00', 'act.to': '11:00' })).toBe(
      303,
    )
    expect(await act('planner', 'approve', { metres: '310' })).toBe(409)
  })

  test('is told with its hours, with who has to be there, and stands on the list of its day', async () => {
    const page = await visit('citizen', `/my/requests/${id}`)
    expect(page).toContain('موعد الكشف')
    expect(page).toContain('يلزم أن يكون أحد هناك')
    const [day, month, year] = dayFromNow(1).split('/')
    const list = await visit('planner', `/office/visits-out?day=${year}-${month}-${day}`)
    expect(list).toContain(person.displayName)
    expect(list).toContain('رخصة تجربة')
    expect(await visit('planner', '/office/visits-out')).toContain('لا كشوف في هذا اليوم')
    expect(await visit('health', `/office/visits-out?day=${year}-${month}-${day}`)).toContain('لا كشوف')
  })

  test('nobody was there for is said, and another is appointed', async () => {
    db.clock.advance(2 * 86_400_000)
    await logIn()
    expect(await act('planner', 'missed', {})).toBe(422)
    expect(await act('planner', 'missed', { 'act.note': 'الباب مغلق' })).toBe(303)
    const day = dayFromNow(1)
    expect(await act('planner', 'appoint', { 'act.day': day, 'act.from': '10:00', 'act.to': '11:00' })).toBe(
      303,
    )
    db.clock.advance(86_400_000 + 6 * 3_600_000)
    await logIn()
    expect(await act('planner', 'approve', { metres: '310' })).toBe(303)
  })
})

describe('a committee', () => {
  test('decides with its session, which stands in the history', async () => {
    expect(await visit('mayor', `/office/requests/${id}`)).toContain('رقم الجلسة')
    expect(await act('mayor', 'approve', {})).toBe(422)
    const session = {
      'act.number': '14/2026',
      'act.session-day': dayFromNow(0),
      'act.decision': 'الموافقة بالإجماع',
    }
    expect(await act('mayor', 'approve', { ...session, 'act.session-day': dayFromNow(2) })).toBe(422)
    expect(await act('mayor', 'approve', session)).toBe(303)
    const page = await visit('clerk', `/office/requests/${id}`)
    expect(page).toContain('جلسة 14/2026')
    expect(page).toContain('الموافقة بالإجماع')
  })
})

describe('a part', () => {
  test('stands with the application, for the officer and for the applicant, and names what it is a part of', async () => {
    const [part] = await db.database.read(bench.town.id, tx => partsOf(tx, id))
    const number = `${part?.number}/${part?.year}`
    expect(await visit('clerk', `/office/requests/${id}`)).toContain(number)
    const page = await visit('citizen', `/my/requests/${id}`)
    expect(page).toContain('طلبات قُدّمت معه')
    expect(page).toContain(number)
    expect(await visit('citizen', `/my/requests/${part?.requestId}`)).toContain('قُدّم ضمن طلبك')
  })
})
