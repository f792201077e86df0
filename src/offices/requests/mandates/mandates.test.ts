import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, builder, logInAs } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { MandateAct } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Write } from '../../../platform/database/index.ts'
import { catalogueRoutes } from '../../catalogue/index.ts'
import {
  acceptMandate,
  endMandate,
  enterMandate,
  mandatesOf,
  offerMandate,
  setPin,
  verifyPhone,
} from '../../people/index.ts'
import { citizenRoutes } from '../citizen/routes.ts'
import { aKey } from '../citizen/testing/portal.ts'
import { collectorsOf } from '../parties/collect.ts'
import { getRequest } from '../store.ts'
import { beginsAt } from './place.ts'
import { mandateRoutes } from './routes.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let knock: ReturnType<typeof aDoor>['knock']
const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(bench.town.id, work)

const told: string[] = []
let code = ''
house.events.on('people.log-in-told', (_tx, { personId, news }) => void told.push(`${news} ${personId}`))
house.events.on('people.code-sent', (_tx, sent) => {
  code = sent.code
})

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  knock = aDoor(house, [...citizenRoutes, ...mandateRoutes, ...catalogueRoutes]).knock
})

type Somebody = BuiltPerson & { cookie: string; pin: string }
async function somebody(): Promise<Somebody> {
  const at = { house, town: bench.town.id }
  const person = await aPerson(at)
  await write(tx => verifyPhone(tx, house.crypto, person.id, person.phone, builder))
  const pin = await write(tx => setPin(tx, person.id, builder, { mustChange: false }))
  return { ...person, pin, cookie: await logInAs(at, { personId: person.id }) }
}

test('a mandate begins where it lets somebody do the first thing, for data alone at the data', () => {
  const patterns = ([['data'], ['data', 'pay'], ['dues', 'file']] as const).map(
    acts => beginsAt(acts)?.pattern,
  )
  expect(patterns).toEqual(
    [addresses.myData, addresses.myDues, addresses.myRequests].map(each => each.pattern),
  )
})

const terms = (acts: readonly MandateAct[], services?: string[]) => ({
  acts,
  services,
  validFrom: '2026-03-01',
  validUntil: '2027-03-01',
})

/** A mandate that both have agreed to. */
async function mandated(acts: readonly MandateAct[], services?: string[]) {
  const [principal, agent] = [await somebody(), await somebody()]
  const by = { kind: 'citizen', id: principal.id } as const
  const id = await write(tx =>
    offerMandate(
      tx,
      house,
      { principalId: principal.id, agentId: agent.id, terms: terms(acts, services) },
      by,
    ),
  )
  await write(tx =>
    acceptMandate(tx, house, { mandateId: id, agentId: agent.id }, { kind: 'citizen', id: agent.id }),
  )
  return { principal, agent, id }
}
/** Takes a place, or goes back; their browser has another token then, as after every answer that sets one. */
async function take(who: { cookie: string }, mandate: string): Promise<Response> {
  const answer = await knock('/my/in-place', { cookie: who.cookie, form: { mandate, _key: aKey() } })
  const [renewed] = answer.headers.getSetCookie().filter(each => each.startsWith('shubbak_session='))
  if (renewed) who.cookie = renewed.split(';')[0] ?? ''
  return answer
}
const status = async (path: string, cookie: string) => (await knock(path, { cookie })).status

describe('a mandate on the portal', () => {
  const form = (agent: Somebody, pin: string, over: Record<string, string | string[]> = {}) => ({
    agent: agent.idNumber,
    agentFamily: agent.name.family,
    acts: ['requests', 'dues'],
    pin,
    validUntil: '1/3/2027',
    _key: aKey(),
    ...over,
  })

  test('is offered with the PIN to whoever is named by number and family name, and accepted with a code', async () => {
    const [principal, agent] = [await somebody(), await somebody()]
    const give = (over?: Record<string, string | string[]>, pin = principal.pin) =>
      knock('/my/mandates', { cookie: principal.cookie, form: form(agent, pin, over) })
    expect((await give({ agentFamily: 'آخر' })).status).toBe(422)
    expect((await give({}, '000000')).status).toBe(422)
    expect((await give({ acts: [] })).status).toBe(422)
    expect((await give({ validUntil: '1/3/2036' })).status).toBe(422)
    expect((await give()).status).toBe(303)
    expect(told.at(-1)).toBe(`mandate-offered ${agent.id}`)
    const [offered] = await write(tx => mandatesOf(tx, agent.id))
    const page = `/my/mandates/${offered?.id}`
    const post = (cookie: string, fields: Record<string, string>) =>
      knock(page, { cookie, form: { ...fields, _key: aKey() } })
    expect((await take(agent, offered?.id ?? '')).status).toBe(403)
    const sent = await post(agent.cookie, { do: 'send' })
    const codeId =
      new URL(sent.headers.get('location') ?? '', 'http://town.test').searchParams.get('code') ?? ''
    expect((await post(agent.cookie, { do: 'accept', codeId, code: '000000' })).status).toBe(422)
    expect((await post(principal.cookie, { do: 'accept', codeId, code })).status).toBe(422)
    const again = await post(agent.cookie, { do: 'send' })
    const next =
      new URL(again.headers.get('location') ?? '', 'http://town.test').searchParams.get('code') ?? ''
    expect((await post(agent.cookie, { do: 'accept', codeId: next, code })).status).toBe(303)
    expect(told.at(-1)).toBe(`mandate-in-force ${principal.id}`)
    expect((await take(agent, offered?.id ?? '')).status).toBe(303)
  })

  test('is shown to both and to nobody else', async () => {
    const { principal, agent, id } = await mandated(['requests'])
    const stranger = await somebody()
    expect(await status(`/my/mandates/${id}`, principal.cookie)).toBe(200)
    expect(await status(`/my/mandates/${id}`, agent.cookie)).toBe(200)
    expect(await status(`/my/mandates/${id}`, stranger.cookie)).toBe(404)
    expect((await take(stranger, id)).status).toBe(404)
    expect((await take(principal, id)).status).toBe(403)
  })
})

describe('in somebody’s place', () => {
  test('one sees what the mandate names, and no page of one’s own or of their life', async () => {
    const { principal, agent, id } = await mandated(['requests'])
    const theirs = await aFiledRequest(bench, principal.id, { serviceCode: 'ADM-01' })
    const mine = await aFiledRequest(bench, agent.id, { serviceCode: 'ADM-01' })
    expect(await status(`/my/requests/${theirs.requestId}`, agent.cookie)).toBe(404)
    await take(agent, id)
    const list = await (await knock('/my/requests', { cookie: agent.cookie })).text()
    expect(list).toContain(theirs.requestId)
    expect(list).not.toContain(mine.requestId)
    expect(list).toContain(principal.displayName)
    expect(await status(`/my/requests/${theirs.requestId}`, agent.cookie)).toBe(200)
    expect(await status(`/my/requests/${mine.requestId}`, agent.cookie)).toBe(404)
    for (const path of ['/my', '/my/dues', '/my/messages', '/my/mandates', '/my/file/ADM-01'])
      expect([path, await status(path, agent.cookie)]).toEqual([path, 403])
    expect((await take(agent, '')).status).toBe(303)
    expect(await status(`/my/requests/${mine.requestId}`, agent.cookie)).toBe(200)
    expect(await status(`/my/requests/${theirs.requestId}`, agent.cookie)).toBe(404)
  })

  test('of some services one sees those alone', async () => {
    const { principal, agent, id } = await mandated(['requests', 'dues'], ['ELE-01'])
    const other = await aFiledRequest(bench, principal.id, { serviceCode: 'ADM-01' })
    await take(agent, id)
    expect(await status(`/my/requests/${other.requestId}`, agent.cookie)).toBe(404)
    expect(await (await knock('/my/requests', { cookie: agent.cookie })).text()).not.toContain(
      other.requestId,
    )
    expect(await status('/my/dues', agent.cookie)).toBe(403)
  })

  test('what one begins is theirs, and written down as one’s own act', async () => {
    const { principal, agent, id } = await mandated(['file'])
    await take(agent, id)
    const begun = await knock('/my/file/ADM-01', {
      cookie: agent.cookie,
      form: { capacity: 'principal', _key: aKey() },
    })
    expect(begun.status).toBe(303)
    const draft = await db.owner
      .selectFrom('draft')
      .select(['person_id', 'owner_id'])
      .where('person_id', '=', principal.id)
      .executeTakeFirstOrThrow()
    expect(draft).toEqual({ person_id: principal.id, owner_id: principal.id })
    const taken = await db.owner
      .selectFrom('audit')
      .select(['actor_id', 'person_id'])
      .where('act', '=', 'people.place-taken')
      .where('subject_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(taken).toEqual({ actor_id: agent.id, person_id: principal.id })
  })

  test('a form opened for one is not sent for another', async () => {
    const { principal, agent, id } = await mandated(['file'])
    const send = (place: string) =>
      knock('/my/file/ADM-01', {
        cookie: agent.cookie,
        form: { capacity: 'principal', _place: place, _key: aKey() },
      })
    await take(agent, id)
    expect((await send('')).status).toBe(403)
    await write(tx => endMandate(tx, house, { mandateId: id, personId: principal.id }, builder))
    expect((await send(id)).status).toBe(403)
    expect((await send('')).status).toBe(303)
  })

  test('it ends at once when either side ends it, and by itself after its last day', async () => {
    const { principal, agent, id } = await mandated(['dues'])
    await take(agent, id)
    expect(await status('/my/dues', agent.cookie)).toBe(200)
    expect(await (await knock('/my/dues', { cookie: agent.cookie })).text()).toContain(principal.displayName)
    await write(tx => endMandate(tx, house, { mandateId: id, personId: principal.id }, builder))
    expect(told.at(-1)).toBe(`mandate-ended ${agent.id}`)
    expect(await (await knock('/my/dues', { cookie: agent.cookie })).text()).not.toContain(
      principal.displayName,
    )
    expect((await take(agent, id)).status).toBe(403)
  })
})

describe('at the counter', () => {
  test('who represents an organisation acts for it in their own log-in, and may take away what is its', async () => {
    const agent = await somebody()
    const company = await aPerson(
      { house, town: bench.town.id },
      { kind: 'organisation', first: 'شركة النور للمقاولات', idKind: 'company', idNumber: '562111333' },
    )
    const proof = { kind: 'letter', number: '12/2026', issuer: 'مراقب الشركات' }
    const of = { principalId: company.id, agentId: agent.id, terms: terms(['requests', 'collect']), proof }
    const id = await write(tx => enterMandate(tx, house, of, builder))
    const filed = await aFiledRequest(bench, company.id, { serviceCode: 'ADM-01' })
    expect((await take(agent, id)).status).toBe(303)
    expect(await status(`/my/requests/${filed.requestId}`, agent.cookie)).toBe(200)
    const collectors = await write(async tx => collectorsOf(tx, bench, await getRequest(tx, filed.requestId)))
    expect(collectors.map(({ personId }) => personId)).toContain(agent.id)
    await expect(
      write(tx => enterMandate(tx, house, { ...of, principalId: agent.id, agentId: company.id }, builder)),
    ).rejects.toMatchObject({ code: 'mandate-to-organisation' })
  })
})
