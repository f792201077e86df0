import { beforeAll, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aJpeg, aPdf } from '../../../test/builders/files.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Role } from '../../kernel/access/index.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { aForm, aKey, wordsOf } from './citizen/testing/portal.ts'
import { actionsOf, citizenRoutes, getRequest, officeRoutes, papersOf } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let knock: ReturnType<typeof aDoor>['knock']
let person: BuiltPerson
const cookies: Record<string, string> = {}

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  knock = aDoor(house, [...citizenRoutes, ...officeRoutes]).knock
  const place = { house, town: bench.town.id }
  person = await aPerson(place)
  cookies.reporter = await logInAs(place, { personId: person.id })
  for (const [name, role, office] of [
    ['clerk', 'clerk', 'service-centre'],
    ['road', 'officer', 'works'],
    ['treasurer', 'officer', 'finance'],
  ] as [string, Role, string][]) {
    const { id } = await aWorker(bench, role, office)
    cookies[name] = await logInAs(place, { staffId: id })
  }
})

const read = <T>(work: Parameters<typeof db.database.read<T>>[1]) => db.database.read(bench.town.id, work)
const stateOf = (id: string) => read(tx => getRequest(tx, id))

async function see(who: string, id: string, query = ''): Promise<string> {
  const page = who === 'reporter' ? addresses.myRequest : addresses.officeRequest
  const answer = await knock(fillAddress(page, { id }) + query, { cookie: cookies[who] ?? '' })
  expect(answer.status).toBe(200)
  return wordsOf(answer)
}

/** An officer's form as the page sends it, with files. */
async function send(
  who: string,
  id: string,
  act: string,
  fields: Record<string, string> = {},
  files: Record<string, Buffer> = {},
): Promise<Response> {
  const { projection } = await stateOf(id)
  const task = projection.tasks.find(each => each.state !== 'closed')
  const named = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, { name: `${name}.jpg`, bytes }]),
  )
  const body = aForm({ _key: aKey(), 'act.task': task?.id ?? '', ...fields }, named)
  return knock(fillAddress(addresses.officeAct, { id, act }), { cookie: cookies[who] ?? '', body })
}

const reply = (id: string, fields: Record<string, string>, photo?: Buffer) =>
  knock(fillAddress(addresses.myRequestAnswer, { id }), {
    cookie: cookies.reporter ?? '',
    body: aForm(
      { _key: aKey(), ...fields },
      photo ? { 'proof.photo-now': { name: 'now.jpg', bytes: photo } } : {},
    ),
  })

test('a department shows its work, the reporter is asked beside it, says no with a photo, and yes the second time', async () => {
  const { requestId: id } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  expect((await send('clerk', id, 'approve')).status).toBe(303)

  expect(await see('road', id, '?act=approve')).toContain('صورة بعد العمل')
  const bare = await send('road', id, 'approve', { doneWords: 'رُدمت الحفرة' })
  expect(bare.status).toBe(422)
  expect(await wordsOf(bare)).toContain('أرفق هذه الوثيقة')

  const wrong = await send('road', id, 'approve', { doneWords: 'رُدمت' }, { 'proof.photo-after': aPdf() })
  expect(wrong.status).toBe(422)
  // The photo came with words too short: it stays, and is not sent again.
  const short = await send('road', id, 'approve', { doneWords: 'ما' }, { 'proof.photo-after': await aJpeg() })
  expect(short.status).toBe(422)
  expect(await wordsOf(short)).toContain('proof.photo-after.jpg')
  const done = await send('road', id, 'approve', { doneWords: 'رُدمت الحفرة وعُبّدت' })
  expect(done.status).toBe(303)
  const proofs = (await read(tx => actionsOf(tx, id))).at(-1)?.data.proofs
  expect(proofs).toEqual([
    { id: 'photo-after', documentId: (await read(tx => papersOf(tx, id)))[0]?.documentId },
  ])

  expect(await see('reporter', id)).not.toContain('نعم، عولجت')
  expect((await send('clerk', id, 'approve')).status).toBe(303)
  const asked = await see('reporter', id)
  for (const words of [
    'هل عولجت المشكلة؟',
    'نعم، عولجت',
    'لا، لم تُعالج',
    'رُدمت الحفرة وعُبّدت',
    'صورة بعد العمل',
  ])
    expect(asked).toContain(words)

  const home = await knock(fillAddress(addresses.my, {}), { cookie: cookies.reporter ?? '' })
  const html = await home.text()
  expect(html).toContain(`${fillAddress(addresses.myRequest, { id })}#answer`)
  expect(html).toContain('بانتظار الجواب')
  expect(await see('reporter', id, '?fixed=no')).toContain('ما الذي بقي؟')
  const silent = await reply(id, { fixed: 'no' }, await aJpeg(300, 200))
  expect(silent.status).toBe(422)
  expect(await wordsOf(silent)).toContain('now.jpg')
  db.clock.advance(60_000)
  expect((await reply(id, { fixed: 'no', stillWrong: 'هبطت من جديد' })).status).toBe(303)
  expect((await stateOf(id)).projection.step).toBe('work')
  const again = await see('road', id, '?act=approve')
  expect(again).toContain('أُعيدت مرة واحدة')
  expect(again).toContain('هبطت من جديد')

  // What showed the first work shows nothing of the second.
  expect((await send('road', id, 'approve', { doneWords: 'أُعيد الردم' })).status).toBe(422)
  const photo = await aJpeg(320, 200)
  expect(
    (await send('road', id, 'approve', { doneWords: 'أُعيد الردم' }, { 'proof.photo-after': photo })).status,
  ).toBe(303)
  await send('clerk', id, 'approve')
  expect((await reply(id, { fixed: 'yes' })).status).toBe(303)
  expect((await stateOf(id)).projection.state).toBe('done')
  expect((await reply(id, { fixed: 'yes' })).status).toBe(303)
  // What was done stays to be read, and what was answered; not what an earlier answer said.
  const end = await see('reporter', id)
  for (const words of ['ما عُمل في طلبك', 'أُعيد الردم', 'جوابك', 'هل عولجت المشكلة؟'])
    expect(end).toContain(words)
  expect(end).not.toContain('هبطت من جديد')
})

test('a clerk refuses on a ground, and takes the answer of one who comes or calls', async () => {
  const first = (await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })).requestId
  expect(await see('clerk', first, '?act=reject')).toContain('داخل ملك خاص')
  expect((await send('clerk', first, 'reject')).status).toBe(422)
  expect((await send('clerk', first, 'reject', { 'act.ground': 'other' })).status).toBe(422)
  expect((await send('clerk', first, 'reject', { 'act.ground': 'private-ground' })).status).toBe(303)
  expect(await see('reporter', first)).toContain('داخل ملك خاص')

  const second = (await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })).requestId
  await send('clerk', second, 'approve')
  await send('road', second, 'approve', { doneWords: 'رُدمت الحفرة' }, { 'proof.photo-after': await aJpeg() })
  await send('clerk', second, 'approve')
  expect(await see('clerk', second, '?act=answer')).toContain('هل عولجت المشكلة؟')
  const unclear = await send('clerk', second, 'answer', { fixed: 'no' })
  expect(unclear.status).toBe(422)
  expect(await wordsOf(unclear)).toContain('ما الذي بقي؟')
  expect((await send('clerk', second, 'answer', { fixed: 'yes', 'act.note': 'بالهاتف' })).status).toBe(303)
  expect((await stateOf(second)).projection.state).toBe('done')
})

test('of whoever may not act on it no file is taken in, for its proofs or as a paper', async () => {
  const { requestId: id } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
  await send('clerk', id, 'approve')
  const shelved = async () => {
    const hashes: string[] = []
    for await (const each of house.files.list(bench.town.id)) hashes.push(each.toString('hex'))
    return hashes.sort()
  }
  const before = await shelved()
  const photo = await aJpeg(317, 211)
  for (const [act, box] of [
    ['approve', 'proof.photo-after'],
    ['supply-papers', 'paper.id-copy'],
  ] as const)
    expect((await send('treasurer', id, act, { doneWords: 'رُدمت الحفرة' }, { [box]: photo })).status).toBe(
      404,
    )
  expect(await shelved()).toEqual(before)
  expect((await stateOf(id)).projection.step).toBe('work')
})
