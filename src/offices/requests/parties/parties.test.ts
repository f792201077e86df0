import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { anOpenTill } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Actor } from '../../../kernel/access/index.ts'
import type { ActName } from '../../../kernel/definition/index.ts'
import { money } from '../../../lib/money.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { mergePeople, unmergePeople } from '../../people/index.ts'
import { accountFor, chargesOfRequest, duesOf, raiseCharge, takeReceipt } from '../../treasury/index.ts'
import {
  addParty,
  collectorsOf,
  endParty,
  getRequest,
  listRequests,
  type NewParty,
  partiesOf,
  performAct,
  registerRequests,
  requestsOfPerson,
} from '../index.ts'
import { warnEndingTerms } from './expiry.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let staff: Record<'clerk' | 'finance' | 'mayor' | 'collector', BuiltStaff>
const by = () => ({ kind: 'staff', id: staff.clerk.id })

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    finance: await aWorker(bench, 'officer', 'finance'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
    collector: await aWorker(bench, 'collector', 'treasury'),
  }
})

const aNeighbour = () => aPerson({ house, town: bench.town.id })
const read = <T>(work: Parameters<typeof db.database.read<T>>[1]) => db.database.read(bench.town.id, work)
const write = <T>(work: Parameters<typeof db.database.write<T>>[1]) => db.database.write(bench.town.id, work)
const requestOf = (id: string) => read(tx => getRequest(tx, id))
const as = (who: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId: who.id,
  appointments: [{ role: who.role, office: who.office }],
})
const citizen = (person: BuiltPerson): Actor => ({ kind: 'citizen', personId: person.id, level: 'verified' })

async function act(requestId: string, who: BuiltStaff, name: ActName, more: { receiverId?: string } = {}) {
  const { projection } = await requestOf(requestId)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
  await write(tx => performAct(tx, bench, { requestId, name, actor: as(who), taskId: task?.id, ...more }))
}

/** A residence certificate filed by an agent whose power lasts through a day. */
async function byAgent(until?: string) {
  const [agent, principal] = [await aNeighbour(), await aNeighbour()]
  const parties: NewParty[] = [
    { personId: principal.id, capacity: 'principal' },
    {
      personId: agent.id,
      capacity: 'agent',
      proof: { number: '114/2026', issuer: 'كاتب عدل رام الله' },
      ...(until && { validUntil: until }),
    },
  ]
  const { requestId } = await aFiledRequest(bench, agent.id, {
    capacity: 'agent',
    parties,
    papers: ['id-copy', 'power-of-attorney'],
  })
  return { agent, principal, requestId }
}

async function untilHandover(requestId: string, payer: BuiltPerson): Promise<void> {
  await write(async tx => {
    const open = (await chargesOfRequest(tx, requestId)).filter(charge => charge.open.minor > 0)
    await anOpenTill(tx, staff.collector.id)
    await takeReceipt(tx, house.events, {
      payer: { personId: payer.id, name: payer.displayName },
      collectorId: staff.collector.id,
      requestId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
  await act(requestId, staff.clerk, 'approve')
  await act(requestId, staff.finance, 'approve')
  await act(requestId, staff.mayor, 'sign')
}

describe('somebody who acts for another', () => {
  test('files for the principal: theirs are the fee and the request, and both see it', async () => {
    const { agent, principal, requestId } = await byAgent('2027-01-01')
    const charges = await read(tx => chargesOfRequest(tx, requestId))
    expect(charges.map(({ debtorId }) => debtorId)).toEqual([principal.id])
    for (const person of [agent, principal]) {
      const lines = await read(tx => requestsOfPerson(tx, person.id))
      expect(lines.map(({ id }) => id)).toContain(requestId)
      const seen = await read(tx => listRequests(tx, citizen(person), {}))
      expect(seen.map(({ id }) => id)).toContain(requestId)
    }
    const named = await read(tx => partiesOf(tx, requestId))
    expect(named.find(({ capacity }) => capacity === 'principal')?.personId).toBe(principal.id)
    expect(named.find(({ capacity }) => capacity === 'agent')).toMatchObject({
      personId: agent.id,
      validUntil: '2027-01-01',
      proof: { number: '114/2026' },
    })
  })

  test('is held by what the principal owes, not by their own debts', async () => {
    const [agent, principal] = [await aNeighbour(), await aNeighbour()]
    await write(async tx => {
      const account = await accountFor(tx, {
        objectKind: 'person',
        objectId: agent.id,
        kind: 'electricity',
        holderId: agent.id,
      })
      await raiseCharge(tx, {
        accountId: account.id,
        debtorId: agent.id,
        dueKind: 'electricity',
        refundable: false,
        amount: money(50_000, 'ILS'),
        label: { ar: 'فاتورة', en: 'Bill' },
        reasons: {},
        dueOn: '2026-01-01',
        by: { kind: 'system', id: 'test' },
      })
    })
    const file = (capacity: 'principal' | 'agent', parties?: NewParty[]) =>
      aFiledRequest(bench, agent.id, {
        serviceCode: 'ELE-01',
        capacity,
        parties,
        papers: ['id-copy', 'property-tax-clearance', 'undertaking', 'power-of-attorney'],
      })
    await expect(file('principal')).rejects.toThrow('dues-hold')
    await file('agent', [{ personId: principal.id, capacity: 'principal' }])
  })

  test('files nothing by a power that has ended, nor for themselves', async () => {
    await expect(byAgent('2026-02-28')).rejects.toMatchObject({ faults: [{ code: 'proof-expired' }] })
    const agent = await aNeighbour()
    await expect(
      aFiledRequest(bench, agent.id, {
        capacity: 'agent',
        papers: ['id-copy', 'power-of-attorney'],
        parties: [{ personId: agent.id, capacity: 'principal' }],
      }),
    ).rejects.toMatchObject({ faults: [{ code: 'principal-is-applicant' }] })
  })

  test('does not receive what was made once the power ended between filing and handing over, nor act on the portal', async () => {
    const { agent, principal, requestId } = await byAgent('2026-03-10')
    await untilHandover(requestId, agent)
    db.clock.advance(10 * 24 * 3_600_000)
    try {
      await expect(act(requestId, staff.clerk, 'hand-over')).rejects.toThrow('power-expired')
      await expect(act(requestId, staff.clerk, 'hand-over', { receiverId: agent.id })).rejects.toThrow(
        'power-expired',
      )
      await expect(
        write(tx => performAct(tx, bench, { requestId, name: 'withdraw', actor: citizen(agent), note: 'x' })),
      ).rejects.toThrow('power-expired')
      expect((await requestOf(requestId)).projection.state).not.toBe('done')
      const stranger = await aNeighbour()
      await expect(act(requestId, staff.clerk, 'hand-over', { receiverId: stranger.id })).rejects.toThrow(
        'not-a-collector',
      )
      const collectors = await read(async tx => collectorsOf(tx, bench, await getRequest(tx, requestId)))
      expect(collectors.map(({ personId, expired }) => [personId, expired]).sort()).toEqual(
        [
          [agent.id, true],
          [principal.id, false],
        ].sort(),
      )
      await act(requestId, staff.clerk, 'hand-over', { receiverId: principal.id })
      expect((await requestOf(requestId)).projection.state).toBe('done')
    } finally {
      db.clock.advance(-10 * 24 * 3_600_000)
    }
  })

  test('receives it with a power that was renewed in time, and so does whoever was named for it', async () => {
    const { agent, requestId } = await byAgent('2026-03-10')
    await untilHandover(requestId, agent)
    const son = await aNeighbour()
    const name = (party: NewParty) => write(tx => addParty(tx, bench, { requestId, party }, by()))
    await name({ personId: son.id, capacity: 'collector' })
    await name({ personId: agent.id, capacity: 'agent', validUntil: '2027-03-10' })
    const collectors = await read(async tx => collectorsOf(tx, bench, await getRequest(tx, requestId)))
    expect(collectors.filter(each => !each.expired)).toHaveLength(3)
    // To collect is not to read: the son sees nothing of it on the portal.
    expect(await read(tx => listRequests(tx, citizen(son), {}))).toEqual([])
    await act(requestId, staff.clerk, 'hand-over', { receiverId: son.id })
    await expect(name({ personId: agent.id, capacity: 'agent' })).rejects.toThrow('request-ended')
  })
})

describe('heirs', () => {
  test('have shares that never come to more than the whole, however they are named', async () => {
    const people = [await aNeighbour(), await aNeighbour(), await aNeighbour()]
    const { requestId } = await aFiledRequest(bench, (await aNeighbour()).id)
    const heir = (at: number, of: number, whole: number) =>
      write(tx =>
        addParty(
          tx,
          bench,
          {
            requestId,
            party: { personId: people[at]?.id ?? '', capacity: 'heir', share: { of, in: whole } },
          },
          by(),
        ),
      )
    await heir(0, 1, 2)
    await heir(1, 1, 3)
    await expect(heir(2, 1, 5)).rejects.toMatchObject({ faults: [{ code: 'shares-over-whole' }] })
    await heir(2, 1, 6)
    // Written anew, a share replaces the one before.
    await heir(0, 1, 4)
    const shares = (await read(tx => partiesOf(tx, requestId))).flatMap(({ share }) => (share ? [share] : []))
    expect(shares).toHaveLength(3)
    const both = await Promise.allSettled([heir(1, 1, 2), heir(2, 1, 2)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('are ended with a reason, and their share is free again; the applicant stays', async () => {
    const [applicant, other] = [await aNeighbour(), await aNeighbour()]
    const { requestId } = await aFiledRequest(bench, applicant.id)
    const party: NewParty = { personId: other.id, capacity: 'heir', share: { of: 1, in: 1 } }
    await write(tx => addParty(tx, bench, { requestId, party }, by()))
    const end = (personId: string, capacity: 'heir' | 'principal', reason: string) =>
      write(tx => endParty(tx, { requestId, personId, capacity, reason }, by()))
    await expect(end(other.id, 'heir', '  ')).rejects.toMatchObject({ faults: [{ field: 'reason' }] })
    await expect(end(applicant.id, 'principal', 'خطأ')).rejects.toThrow('party-is-applicant')
    await end(other.id, 'heir', 'ليس من الورثة')
    expect(await read(tx => requestsOfPerson(tx, other.id))).toEqual([])
    await write(tx => addParty(tx, bench, { requestId, party }, by()))
  })
})

test('what belongs to a double is seen with the record that stays: requests, dues, and the right to act', async () => {
  const [stays, twin] = [
    await aNeighbour(),
    await aPerson({ house, town: bench.town.id }, { idKind: 'none' }),
  ]
  const { requestId } = await aFiledRequest(bench, twin.id)
  const merge = { mergedId: twin.id, intoId: stays.id, reason: 'سُجّل مرتين' }
  await write(tx => mergePeople(tx, merge, by()))
  expect((await read(tx => requestsOfPerson(tx, stays.id))).map(({ id }) => id)).toEqual([requestId])
  expect(await read(tx => duesOf(tx, stays.id, '2026-03-01'))).toHaveLength(1)
  expect(await read(tx => listRequests(tx, citizen(stays), {}))).toHaveLength(1)
  await write(tx =>
    performAct(tx, bench, { requestId, name: 'withdraw', actor: citizen(stays), note: 'لا حاجة' }),
  )
  expect((await requestOf(requestId)).projection.state).toBe('withdrawn')
})

test('a term that nears its end is told of, once; renewed, it is told of again in its time', async () => {
  const { agent, requestId } = await byAgent('2026-03-12')
  const told = async () => (await warnEndingTerms(house, bench.town)) > 0
  const messages = () =>
    db.owner
      .selectFrom('message')
      .select('body')
      .where('person_id', '=', agent.id)
      .where('event', '=', 'term-ends')
      .execute()
  await told()
  await told()
  expect((await messages()).map(({ body }) => body)).toEqual([expect.stringContaining('12/3/2026')])
  const party: NewParty = { personId: agent.id, capacity: 'agent', validUntil: '2026-03-14' }
  await write(tx => addParty(tx, bench, { requestId, party }, by()))
  await told()
  expect(await messages()).toHaveLength(2)
})

test('a double taken apart again has what was its own; what was done meanwhile stays with the record that stayed', async () => {
  const [stays, twin] = [
    await aNeighbour(),
    await aPerson({ house, town: bench.town.id }, { idKind: 'none' }),
  ]
  const before = await aFiledRequest(bench, twin.id)
  await write(tx => mergePeople(tx, { mergedId: twin.id, intoId: stays.id, reason: 'سُجّل مرتين' }, by()))
  const meanwhile = await aFiledRequest(bench, stays.id)
  const listOf = async (id: string) =>
    (await read(tx => requestsOfPerson(tx, id))).map(line => line.id).sort()
  const both = [before.requestId, meanwhile.requestId].sort()
  expect([await listOf(stays.id), await listOf(twin.id)]).toEqual([both, both])
  await write(tx => unmergePeople(tx, { personId: twin.id, reason: 'شخصان' }, by()))
  expect(await listOf(twin.id)).toEqual([before.requestId])
  expect(await listOf(stays.id)).toEqual([meanwhile.requestId])
  expect(await read(tx => duesOf(tx, twin.id, '2026-03-01'))).toHaveLength(1)
})
