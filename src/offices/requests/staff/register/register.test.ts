import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { everyCause, onlyOwnCauses } from '../../../../../test/builders/looks.ts'
import { aPerson } from '../../../../../test/builders/people.ts'
import { aFiledRequest } from '../../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { newId } from '../../../../lib/ids.ts'
import { accountFor } from '../../../treasury/index.ts'
import { wordsOf } from '../../citizen/testing/portal.ts'
import {
  anOfficeTown,
  aSubmitted,
  bringTo,
  logInAll,
  type OfficeTown,
  post,
  stateOf,
  visit,
} from '../testing/office.ts'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  town = await anOfficeTown(db)
})

const file = (person: string) => fillAddress(addresses.person, { person })
const found = async (by: Parameters<typeof visit>[1], q: string) =>
  (await visit(town, by, fillAddress(addresses.search, {}, { q }))).text()

describe('the list of requests', () => {
  test('holds what the reader may see, and keeps its filter in the address', async () => {
    const id = await aSubmitted(town)
    const path = fillAddress(addresses.officeRequests, {})
    expect(await (await visit(town, 'clerk', path)).text()).toContain(id)
    expect(await (await visit(town, 'lawyer', path)).text()).not.toContain(id)
    expect(await (await visit(town, 'clerk', `${path}?state=done`)).text()).not.toContain(id)
    expect(await (await visit(town, 'clerk', `${path}?service=ADM-01`)).text()).not.toContain(id)
    const again = await (await visit(town, 'clerk', `${path}?service=ELE-01&state=open`)).text()
    expect(again).toContain(id)
    expect(again).toMatch(/href="[^"]*state=late[^"]*service=ELE-01/)
  })
})

describe('the one box', () => {
  test('finds a request by its number for whoever may see it', async () => {
    const id = await aSubmitted(town)
    const { number, year } = await stateOf(town, id)
    expect(await found('clerk', `${number}/${year}`)).toContain(id)
    expect(await found('clerk', `٠${number}-${year}`.replace('٠', ''))).toContain(id)
    expect(await found('engineer', `${number}/${year}`)).not.toContain(id)
  })

  test('shows people with masked numbers, and to an officer only those of open tasks', async () => {
    const place = { house: town.bench.house, town: town.bench.town.id }
    const stranger = await aPerson(place, {
      first: 'زينب',
      father: 'فريد',
      grandfather: 'منير',
      family: 'الكيلاني',
    })
    const html = await found('clerk', 'زينب فريد')
    expect(html).toContain(stranger.id)
    expect(html).toContain(`*****${stranger.idNumber.slice(-4)}`)
    expect(html).not.toContain(stranger.idNumber)
    expect(await found('planner', 'زينب فريد')).not.toContain(stranger.id)
    const id = await aSubmitted(town, stranger.id)
    await bringTo(town, id, 'planning')
    expect(await found('planner', 'زينب فريد')).toContain(stranger.id)
    expect(await found('mayor', 'زينب فريد')).not.toContain(file(stranger.id))
  })

  test('leaves a trace of who searched for people', async () => {
    await found('clerk', town.person.name.first)
    const { rows } = await sql<{
      actor_id: string
    }>`select actor_id from audit where act = 'people.searched'`.execute(db.owner)
    expect(rows.at(-1)?.actor_id).toBe(town.staff.clerk.id)
  })
})

describe('the file of a person', () => {
  test('is open to one with a task of theirs, and the look says so', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'planning')
    expect((await visit(town, 'planner', file(town.person.id))).status).toBe(200)
    const { rows } = await sql<{ cause: string }>`
      select cause from audit where act = 'person.opened' and actor_id = ${town.staff.planner.id}`.execute(
      db.owner,
    )
    expect(rows.map(({ cause }) => cause)).toEqual(['فتح الملف'])
  })

  test('tells what happened to their subscriptions, with meters and readings', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'planning')
    await town.db.database.write(town.bench.town.id, async tx => {
      const holderId = town.person.id
      const subscription = newId(tx.now)
      const account = await accountFor(tx, {
        objectKind: 'subscription',
        objectId: subscription,
        kind: 'electricity',
        holderId,
      })
      await sql`insert into subscription (municipality_id, subscription_id, number, utility, billing, meter_number, address, account_id, opened_at)
        values (${tx.town}, ${subscription}, '70001', 'electricity', 'billed', 'E-2', '{}', ${account.id}, ${tx.now})`.execute(
        tx.q,
      )
      await sql`insert into subscription_holder (municipality_id, subscription_id, person_id, capacity, valid_from)
        values (${tx.town}, ${subscription}, ${holderId}, 'holder', '2025-01-01')`.execute(tx.q)
      const data = { lastReading: 812.4, meterNumber: 'E-2', oldMeter: 'E-1', to: 'not to be told' }
      await sql`insert into subscription_event (municipality_id, subscription_id, event_id, kind, at, data)
        values (${tx.town}, ${subscription}, ${newId(tx.now)}, 'meter-replaced', ${tx.now}, ${JSON.stringify(data)})`.execute(
        tx.q,
      )
    })
    const words = await wordsOf(await visit(town, 'planner', file(town.person.id)))
    expect(words).toContain('كهرباء 70001')
    expect(words).toMatch(/بُدّل العداد · العداد .*E-2.* · بدل .*E-1.* · القراءة .*812\.4/)
    expect(words).not.toContain('not to be told')
  })

  test('stays shut outside a task until a reason is given, which the person is told and can read', async () => {
    const place = { house: town.bench.house, town: town.bench.town.id }
    const stranger = await aPerson(place, { quarter: 'حارة الينابيع' })
    await aFiledRequest(town.bench, stranger.id)
    onlyOwnCauses()
    const refused = await visit(town, 'lawyer', file(stranger.id))
    expect(refused.status).toBe(403)
    const shut = await refused.text()
    expect(shut).not.toContain('حارة الينابيع')
    expect(shut).not.toContain(stranger.displayName)
    const why = addresses.why.pattern
    const asked = { person: stranger.id, back: file(stranger.id) }
    expect((await post(town, 'lawyer', why, asked)).status).toBe(422)
    expect((await post(town, 'lawyer', why, { ...asked, words: 'قصير' })).status).toBe(422)
    const given = await post(town, 'lawyer', why, { ...asked, reason: 'phone', words: 'سأل عن طلبه' })
    expect([given.status, given.headers.get('location')]).toEqual([303, file(stranger.id)])
    expect(await (await visit(town, 'lawyer', file(stranger.id))).text()).toContain('حارة الينابيع')
    // The reason is one officer's, for a quarter of an hour.
    expect(await (await visit(town, 'planner', file(stranger.id))).text()).not.toContain('حارة الينابيع')
    const told = await sql<{ body: string }>`
      select body from message where person_id = ${stranger.id} and event = 'file-opened'`.execute(db.owner)
    expect(told.rows).toHaveLength(1)
    const looks = await sql<{ cause: string }>`
      select cause from audit where person_id = ${stranger.id} and actor_id = ${town.staff.lawyer.id} and act = 'person.opened'`.execute(
      db.owner,
    )
    expect(looks.rows[0]?.cause).toContain('سأل عن طلبه')
    db.clock.set(new Date(db.clock.now().getTime() + 16 * 60_000))
    await logInAll(town)
    expect(await (await visit(town, 'lawyer', file(stranger.id))).text()).not.toContain('حارة الينابيع')
    everyCause()
  })

  test('is nothing for posts that never open files', async () => {
    expect((await visit(town, 'mayor', file(town.person.id))).status).toBe(403)
  })
})

describe('the sheet', () => {
  test('carries every annotation with name and date', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'decision')
    const html = await (await visit(town, 'head', fillAddress(addresses.officeRequestSheet, { id }))).text()
    for (const who of ['clerk', 'planner', 'engineer'] as const)
      expect(html).toContain(town.staff[who].name.ar)
    expect(html).toContain('1/3/2026')
  })
})
