import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { project } from '../../kernel/workflow/index.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { actionsOf, getRequest, registerAccounts } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let person: BuiltPerson

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  person = await aPerson({ house, town: bench.town.id })
})

describe('filing', () => {
  test('writes the request, its action, task, party, papers, message and audit row together', async () => {
    const filed = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-01' })
    const request = await db.database.read(bench.town.id, tx => getRequest(tx, filed.requestId))
    expect(request.number).toBe(filed.number)
    expect(request.projection.state).toBe('awaiting-fee')
    const counts = await sql<Record<string, number>>`select
      (select count(*)::int from request_action where request_id = ${filed.requestId}) as actions,
      (select count(*)::int from request_party where request_id = ${filed.requestId}) as parties,
      (select count(*)::int from request_paper where request_id = ${filed.requestId}) as papers,
      (select count(*)::int from request_office where request_id = ${filed.requestId}) as offices,
      (select count(*)::int from message where request_id = ${filed.requestId}) as messages,
      (select count(*)::int from charge where request_id = ${filed.requestId}) as charges,
      (select count(*)::int from audit where request_id = ${filed.requestId} and act = 'request.file') as audits`.execute(
      db.owner,
    )
    expect(counts.rows[0]).toEqual({
      actions: 1,
      parties: 1,
      papers: 1,
      offices: 1,
      messages: 1,
      charges: 1,
      audits: 1,
    })
  })

  test('gives consecutive numbers of the year', async () => {
    const first = await aFiledRequest(bench, person.id)
    const second = await aFiledRequest(bench, person.id)
    expect(second).toMatchObject({ number: first.number + 1, year: 2026 })
  })

  test('stores the projection that its own history gives, also when a clerk files', async () => {
    registerAccounts('electricity', async () => [{ number: '10001', label: '', billing: 'prepaid' }])
    const clerk = await aWorker(bench, 'clerk', 'service-centre')
    const by = {
      kind: 'staff' as const,
      staffId: clerk.id,
      appointments: [{ role: clerk.role, office: clerk.office }],
    }
    const filed = await aFiledRequest(bench, person.id, {
      serviceCode: 'ELE-04',
      channel: 'counter',
      by,
      answers: { subscription: '10001', billDelivery: 'sms', arrearsWish: 'pay' },
      papers: ['id-copy'],
    })
    await db.database.read(bench.town.id, async tx => {
      const request = await getRequest(tx, filed.requestId)
      const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
      const { answers, capacity, channel, projection } = request
      const context = { answers, capacity, channel, calendar: bench.town.calendar }
      expect(projection).toEqual(project(service, await actionsOf(tx, filed.requestId), context))
    })
  })
})
