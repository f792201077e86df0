import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { onlyOwnCauses } from '../../../test/builders/looks.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { openWindow } from '../../server.ts'
import type { Door } from '../../web/door.ts'
import { aKey, wordsOf } from './citizen/testing/portal.ts'
import { getRequest, registerAccounts } from './index.ts'
import { everyKind } from './testing/every-kind.ts'
import { publishSource } from './testing/licence.ts'

onlyOwnCauses()

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let door: Door
let person: BuiltPerson
const cookies: Record<string, string> = {}
const offices: Record<string, string> = { clerk: 'service-centre', planner: 'planning', health: 'health' }

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, [])
  await db.database.write(bench.town.id, tx => publishSource(tx, 'TST-93', everyKind))
  door = await openWindow(house)
  const place = { house, town: bench.town.id }
  person = await aPerson(place)
  registerAccounts('electricity', async (_tx, personId) =>
    personId === person.id ? [{ number: '20417', label: 'بيت حي السوق', billing: 'billed' }] : [],
  )
  cookies.citizen = await logInAs(place, { personId: person.id })
  for (const [name, office] of Object.entries(offices)) {
    const { id } = await aWorker(bench, name === 'clerk' ? 'clerk' : 'officer', office)
    cookies[name] = await logInAs(place, { staffId: id })
  }
})

type Boxes = Record<string, string | string[]>
const stateOf = (id: string) => db.database.read(bench.town.id, tx => getRequest(tx, id))
const file = async () =>
  (await aFiledRequest(bench, person.id, { serviceCode: 'TST-93', answers: { use: 'سكن' }, papers: [] }))
    .requestId

async function knock(by: string, path: string, boxes?: Boxes): Promise<Response> {
  const headers = { cookie: cookies[by] ?? '', host: 'localhost', origin: 'http://localhost' }
  if (!boxes) return door.fetch(new Request(`http://localhost${path}`, { headers }))
  const body = new URLSearchParams({ _key: aKey() })
  for (const [name, value] of Object.entries(boxes))
    for (const each of [value].flat()) body.append(name, each)
  return door.fetch(new Request(`http://localhost${path}`, { method: 'POST', headers, body }))
}
async function act(by: string, id: string, name: string, boxes: Boxes): Promise<Response> {
  const { projection } = await stateOf(id)
  const task = projection.tasks.findLast(each => each.office === offices[by] && each.state !== 'closed')
  return knock(by, `/office/requests/${id}/acts/${name}`, { 'act.task': task?.id ?? '', ...boxes })
}
/** The box of a name as the page draws it. */
const boxOf = (html: string, name: string): string =>
  new RegExp(`<(?:input|textarea|select)[^>]*name="${name.replaceAll('.', '[.]')}"[^>]*>`).exec(html)?.[0] ??
  ''

const study: Boxes = {
  'spot.block': '3',
  'spot.parcel': '118',
  'spot.landmark': 'عند الدرج',
  'pin.lat': '٣١٫٩',
  'pin.lon': '35.2',
  'neighbour.first': 'سلمى',
  'neighbour.family': 'الخطيب',
  'neighbour.nationalId': '',
  subscription: '20417',
  rent: '170.500',
  call: '0599123456',
  measuredOn: '1/1/2024',
  lacks: ['fence', 'light'],
  fenceMetres: '12.5',
  'rooms.0.roomUse': 'مخزن',
  'rooms.0.area': '12',
  'rooms.1.roomUse': 'مكتب',
  'rooms.1.area': '9.5',
}
const given = {
  spot: { block: '3', quarter: '', parcel: '118', landmark: 'عند الدرج' },
  pin: { lat: 31.9, lon: 35.2 },
  neighbour: { first: 'سلمى', father: '', grandfather: '', family: 'الخطيب', nationalId: '' },
  subscription: '20417',
  rent: { minor: 170_500, currency: 'JOD' },
  call: '+970599123456',
  measuredOn: '2024-01-01',
  lacks: ['fence', 'light'],
  fenceMetres: 12.5,
  rooms: [
    { roomUse: 'مخزن', area: 12 },
    { roomUse: 'مكتب', area: 9.5 },
  ],
}

describe('an officer’s step', () => {
  test('has a box for each kind of question, with the subscriptions of the applicant to choose from', async () => {
    const id = await file()
    const html = await (await knock('planner', `/office/requests/${id}`)).text()
    for (const name of [
      'spot.block',
      'spot.landmark',
      'pin.lat',
      'neighbour.first',
      'neighbour.nationalId',
      'rent',
    ])
      expect(boxOf(html, name)).not.toBe('')
    for (const name of ['call', 'measuredOn', 'lacks', 'rooms.0.roomUse', 'rooms.1.area'])
      expect(boxOf(html, name)).not.toBe('')
    expect(boxOf(html, 'subscription')).toContain('value="20417"')
    expect(html).toContain('بيت حي السوق')
    // Asked only once a fence is missing.
    expect(boxOf(html, 'fenceMetres')).toBe('')
    // Enter does the act and adds no row.
    const form = html.slice(html.indexOf(`/acts/approve"`))
    expect(/<button[^>]*type="submit"[^>]*>/.exec(form)?.[0]).not.toContain('name="row"')
  })

  test('says what is wrong at each question and keeps what was typed', async () => {
    const id = await file()
    const answer = await act('planner', id, 'approve', {
      ...study,
      'spot.block': 'قرب المدرسة',
      'neighbour.family': '',
      subscription: '99999',
      rent: '3',
      call: '12',
      measuredOn: '1/1/2099',
      'rooms.1.area': 'واسعة',
      fenceMetres: '',
    })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    for (const name of ['spot-block', 'neighbour-family', 'subscription', 'rent', 'call', 'measuredOn'])
      expect(html).toContain(`id="f-${name}-err"`)
    for (const name of ['rooms-1-area', 'fenceMetres']) expect(html).toContain(`id="f-${name}-err"`)
    expect(boxOf(html, 'neighbour.first')).toContain('value="سلمى"')
    expect(boxOf(html, 'rooms.0.roomUse')).toContain('value="مخزن"')
    expect(boxOf(html, 'rooms.1.area')).toContain('value="واسعة"')
    // The list of faults leads to the box, and names its question.
    expect(html).toContain('href="#f-spot-block"')
    const words = await wordsOf(new Response(html))
    expect(words).toContain('يوم القياس: ')
    expect(words).toContain('الغرف 2، مساحتها: ')
    expect((await stateOf(id)).projection.stepFields).toEqual({})
  })

  test('takes one more row when asked, blames nothing meanwhile and does nothing', async () => {
    const id = await file()
    const { 'rooms.1.roomUse': _, 'rooms.1.area': __, ...one } = study
    const asked = await act('planner', id, 'approve', {
      ...one,
      'rooms.2.roomUse': 'صالة',
      row: 'rooms-row-3',
    })
    expect(asked.status).toBe(200)
    const html = await asked.text()
    expect(html).not.toContain('id="faults"')
    expect(html).toContain('id="rooms-row-3"')
    expect(boxOf(html, 'rooms.2.roomUse')).toContain('value="صالة"')
    expect((await stateOf(id)).projection.stepFields).toEqual({})
  })

  test('keeps the answers as they are meant, readable on the page, in the history and on paper', async () => {
    const id = await file()
    expect((await act('planner', id, 'approve', study)).status).toBe(303)
    expect((await stateOf(id)).projection.stepFields).toEqual(given)
    for (const path of [`/office/requests/${id}`, `/office/requests/${id}/sheet`]) {
      const page = (await wordsOf(await knock('clerk', path))).replace(/[\u2066-\u2069]/g, '')
      for (const words of [
        'عند الدرج',
        'سلمى الخطيب',
        '20417',
        '170.500',
        'سور، إنارة',
        '1/1/2024',
        'الغرف 2: مساحتها',
        '31.9, 35.2',
      ])
        expect(page).toContain(words)
      expect(page).not.toContain('[object')
    }
  })
})

describe('an opinion', () => {
  test('takes a list of rows, and shows it to whoever gathers', async () => {
    const id = await file()
    await act('planner', id, 'approve', study)
    const past = { 'conditions.0.condition': 'رفع السور', 'conditions.0.until': '1/1/2020' }
    const refused = await act('planner', id, 'opine', past)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('id="f-conditions-0-until-err"')
    const later = { ...past, 'conditions.0.until': '1/1/2099' }
    expect((await act('planner', id, 'opine', { ...later, 'act.note': 'لا مانع' })).status).toBe(303)
    const page = await wordsOf(await knock('clerk', `/office/requests/${id}`))
    expect(page).toContain('الشروط 1: الشرط: رفع السور')
  })
})

/** A request whose applicant is asked. */
async function asked(): Promise<string> {
  const id = await file()
  await act('planner', id, 'approve', study)
  const opinion = { 'conditions.0.condition': 'رفع السور', 'conditions.0.until': '1/1/2099' }
  await act('planner', id, 'opine', { ...opinion, 'act.note': 'لا مانع' })
  await act('health', id, 'opine', { 'act.note': 'لا مانع' })
  expect((await stateOf(id)).projection.state).toBe('awaiting-answer')
  return id
}

describe('what is asked of the applicant', () => {
  test('opens with each answer where more is asked with it, and takes a person and rows', async () => {
    const id = await asked()
    const mine = `/my/requests/${id}`
    const plain = await (await knock('citizen', mine)).text()
    // Nobody answers for what they did not read.
    expect(plain.slice(plain.indexOf('id="answer"'))).toContain('عند الدرج')
    expect(plain).not.toContain('0599')
    expect(plain).toContain(`${mine}?agrees=yes#answer`)
    const yes = await (await knock('citizen', `${mine}?agrees=yes`)).text()
    expect(boxOf(yes, 'keeper.first')).not.toBe('')
    expect(boxOf(yes, 'elsewhere.block')).toBe('')
    const no = await (await knock('citizen', `${mine}?agrees=no`)).text()
    expect(boxOf(no, 'elsewhere.block')).not.toBe('')
    // The town's own quarters and levels stand there.
    expect(await wordsOf(new Response(no))).toContain('حوض')

    const half = { agrees: 'yes', 'keeper.first': 'سلمى', 'hours.0.hour': 'الصباح' }
    const row = await knock('citizen', `${mine}/answer`, { ...half, row: 'hours-row-1' })
    expect(row.status).toBe(200)
    const grown = await row.text()
    expect(grown).toContain('id="hours-row-1"')
    expect(boxOf(grown, 'keeper.first')).toContain('value="سلمى"')
    expect(grown).not.toContain('id="faults"')

    const refused = await knock('citizen', `${mine}/answer`, half)
    expect(refused.status).toBe(422)
    const again = await refused.text()
    expect(again).toContain('id="f-keeper-family-err"')
    expect(boxOf(again, 'hours.0.hour')).toContain('value="الصباح"')

    const whole = { ...half, 'keeper.family': 'الخطيب' }
    expect((await knock('citizen', `${mine}/answer`, whole)).status).toBe(303)
    expect((await stateOf(id)).projection.stepFields).toMatchObject({
      agrees: true,
      keeper: { first: 'سلمى', family: 'الخطيب' },
      hours: [{ hour: 'الصباح' }],
    })
    const after = await wordsOf(await knock('citizen', mine))
    for (const words of ['جوابك', 'سلمى الخطيب', 'أوقات تناسبك 1: الوقت', 'عند الدرج'])
      expect(after).toContain(words)
  })

  test('may be answered at the centre for them, in the same boxes', async () => {
    const id = await asked()
    const no = { agrees: 'no', 'elsewhere.landmark': 'خلف البيت', 'hours.0.hour': 'المساء' }
    expect((await act('clerk', id, 'answer', { agrees: 'no', 'hours.0.hour': '' })).status).toBe(422)
    expect((await act('clerk', id, 'answer', no)).status).toBe(303)
    expect((await stateOf(id)).projection.stepFields).toMatchObject({ elsewhere: { landmark: 'خلف البيت' } })
  })
})

describe('handing over at the counter', () => {
  test('asks what the step asks, and keeps it', async () => {
    const id = await asked()
    const answers = { agrees: 'no', 'elsewhere.landmark': 'خلف البيت', 'hours.0.hour': 'المساء' }
    await act('clerk', id, 'answer', answers)
    const path = `/counter/requests/${id}/hand-over`
    expect(boxOf(await (await knock('clerk', path)).text(), 'keys.0.keyNumber')).not.toBe('')
    expect((await knock('clerk', path, { receiver: person.id })).status).toBe(422)
    const done = await knock('clerk', path, { receiver: person.id, 'keys.0.keyNumber': 'م-77' })
    expect(done.status).toBe(303)
    const { projection } = await stateOf(id)
    expect([projection.state, projection.stepFields.keys]).toEqual(['done', [{ keyNumber: 'م-77' }]])
  })
})
