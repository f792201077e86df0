import { beforeAll, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aPdf } from '../../../test/builders/files.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../test/builders/people.ts'
import { aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { openTownDirectory } from '../../web/town.ts'
import { closeWorkshop } from '../archive/index.ts'
import { citizenRoutes, officeRoutes, registerRequests } from '../requests/index.ts'
import { carryOut } from './carry-out.ts'
import { countAct } from './count.ts'
import { destructionRoutes, registerDestruction } from './routes.ts'
import { actsOf } from './store.ts'
import { aCommittee, aWholeRequest, type Committee } from './testing/town.ts'

const db = await testDatabase()
const house = aHouse(db)
registerDestruction()
const door = aDoor(house, [...destructionRoutes, ...citizenRoutes, ...officeRoutes])
let bench: Bench
let committee: Committee
let person: BuiltPerson
let requestId: string

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-01'])
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  committee = await aCommittee(bench)
  person = await aPerson({ house, town: bench.town.id })
  requestId = await aWholeRequest(bench, person)
  db.clock.advance(8 * 365 * 86_400_000)
  return closeWorkshop
})

const as = async (who: { staffId: string } | { personId: string }) => {
  const cookie = await logInAs({ house, town: bench.town.id }, who)
  return {
    read: async (path: string) => {
      const answer = await door.knock(path, { cookie })
      return { status: answer.status, text: await answer.text() }
    },
    send: async (path: string, form: Record<string, string | string[]>) => {
      const answer = await door.knock(path, { cookie, form })
      return { status: answer.status, text: await answer.text() }
    },
    sendFiles: async (path: string, body: FormData) => (await door.knock(path, { cookie, body })).status,
  }
}

test('from a rule to the stone over what is gone, each page by whom it is for', async () => {
  const admin = await as({ staffId: committee.admin.id })
  const [first] = committee.members
  const manager = await as({ staffId: first?.id ?? '' })

  const wrong = await admin.send('/manage/retention', {
    kind: 'request',
    ever: 'term',
    for: '0',
    source: '',
    from: 'x',
  })
  expect(wrong.status).toBe(422)
  const rule = {
    kind: 'request',
    scope: 'ADM',
    ever: 'term',
    for: '5',
    unit: 'year',
    source: 'قانون المحفوظات <b>مادة 4</b>',
  }
  const sent = await admin.send('/manage/retention', { ...rule, confirmed: 'yes', from: '1/1/2020' })
  expect(sent.status).toBe(303)
  const page = await manager.read('/manage/retention')
  expect(page.text).toContain('&lt;b&gt;')
  const [, review = ''] = /\/manage\/retention\/([0-9a-f-]{36})\/review/.exec(page.text) ?? []
  // Whoever wrote it is not shown the buttons, and is refused at them.
  expect((await admin.read('/manage/retention')).text).not.toContain('/review"')
  expect((await manager.send(`/manage/retention/${review}/review`, { do: 'accept' })).status).toBe(303)

  expect((await admin.read('/manage/destruction/new')).text).toContain(review)
  const few = await admin.send('/manage/destruction/new', {
    rule: review,
    reason: 'مضت المدة القانونية',
    members: [],
  })
  expect(few.status).toBe(422)
  const members = committee.members.map(each => each.id)
  const made = await admin.send('/manage/destruction/new', {
    rule: review,
    reason: 'مضت المدة القانونية',
    members,
  })
  expect(made.status).toBe(303)
  const [act] = await db.database.read(bench.town.id, actsOf)
  const id = act?.id ?? ''
  await countAct(house, bench.town.id, id)
  const list = await manager.read(`/manage/destruction/${id}/list?state=listed`)
  expect(list.text).toContain('ADM-01')
  expect(list.text).not.toContain(person.displayName)

  const form = new FormData()
  form.set('number', '7/2034')
  form.set('date', '1/2/2030')
  form.set('paper', new File([new Uint8Array(aPdf())], 'minutes.pdf', { type: 'application/pdf' }))
  expect(await admin.sendFiles(`/manage/destruction/${id}/minutes`, form)).toBe(303)
  expect((await manager.read(`/manage/destruction/${id}/papers/minutes`)).status).toBe(200)
  expect((await admin.send(`/manage/destruction/${id}/decide`, { do: 'approve' })).status).not.toBe(303)
  for (const member of committee.members) {
    const one = await as({ staffId: member.id })
    expect((await one.send(`/manage/destruction/${id}/decide`, { do: 'approve' })).status).toBe(303)
  }
  expect((await manager.read(`/manage/destruction/${id}`)).text).toContain('المهلة')
  db.clock.advance(9 * 86_400_000)
  await carryOut(house, bench.town.id, id)

  const again = await as({ staffId: first?.id ?? '' })
  expect((await again.read(`/manage/destruction/${id}/papers/certificate`)).text).toMatch(/^%PDF/)
  const citizen = await as({ personId: person.id })
  for (const reader of [citizen, again]) {
    const path = reader === citizen ? `/my/requests/${requestId}` : `/office/requests/${requestId}`
    const stone = await reader.read(path)
    expect(stone.status).toBe(410)
    expect(stone.text).toContain('7/2034')
  }
  expect((await citizen.read('/my/requests')).status).toBe(200)
  const open = await door.knock('/open/destruction')
  const words = await open.text()
  expect(words).toContain('7/2034')
  expect(words).not.toContain(person.displayName)
})

test('a thing is held by its number, and the hold ends with why', async () => {
  const { members } = committee
  const manager = await as({ staffId: members[0]?.id ?? '' })
  const hold = (kind: string, number: string) =>
    manager.send('/manage/holds', { kind, number, reason: 'محكمة بداية الخليل 12/2034' })
  expect((await hold('request', '999/1999')).status).toBe(422)
  expect((await hold('person', person.idNumber)).status).toBe(303)
  const page = await manager.read('/manage/holds')
  expect(page.text).toContain(person.idNumber.slice(-3))
  expect(page.text).not.toContain(person.idNumber)
  const [, id = ''] = /\/manage\/holds\?end=([0-9a-f-]{36})/.exec(page.text) ?? []
  expect((await manager.send(`/manage/holds/${id}/end`, { why: 'صدر الحكم وانتهى' })).status).toBe(303)
  const admin = await as({ staffId: committee.admin.id })
  expect((await admin.read('/manage/destruction/committee')).status).toBe(200)
  const saved = await admin.send('/manage/destruction/committee', {
    roles: ['manager', 'mayor'],
    members: '3',
    rest: '10',
  })
  expect(saved.status).toBe(303)
})
