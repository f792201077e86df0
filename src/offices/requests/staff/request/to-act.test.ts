import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { logInAs } from '../../../../../test/builders/people.ts'
import { aFiledRequest, aWorker } from '../../../../../test/builders/requests.ts'
import { lockWaits, testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { lockRequest } from '../../store.ts'
import { anOfficeTown, aPicture, type OfficeTown, post, sendAct, stateOf } from '../testing/office.ts'

const db = await testDatabase()
let town: OfficeTown
let road: string

beforeAll(async () => {
  town = await anOfficeTown(db)
  const { id } = await aWorker(town.bench, 'officer', 'works')
  road = await logInAs({ house: town.bench.house, town: town.bench.town.id }, { staffId: id })
})
afterEach(() => vi.restoreAllMocks())

const aComplaint = async () =>
  (await aFiledRequest(town.bench, town.person.id, { serviceCode: 'ADM-05' })).requestId

/** The road's officer shows what was done, with a photo of its own. */
async function resolve(id: string): Promise<Response> {
  const body = new FormData()
  body.append('doneWords', 'رُدمت الحفرة وعُبّدت')
  const photo = new Uint8Array(await aPicture(id))
  body.append('proof.photo-after', new File([photo], 'after.jpg', { type: 'image/jpeg' }))
  const path = fillAddress(addresses.officeAct, { id, act: 'approve' })
  const headers = { cookie: road, host: 'localhost', origin: 'http://localhost' }
  return town.door.fetch(new Request(`http://localhost${path}`, { method: 'POST', headers, body }))
}

/** What was sent to the database for this, once the town's services are kept. */
async function statementsOf(work: () => Promise<Response>): Promise<string[]> {
  const sent = vi.spyOn(pg.Client.prototype, 'query').mockClear()
  expect((await work()).status).toBe(303)
  return sent.mock.calls.map(([query]) => {
    const text = typeof query === 'string' ? query : (query as unknown as { text: string }).text
    return text.replace(/\s+/g, ' ').trim()
  })
}

const times = (statements: readonly string[], what: RegExp): number =>
  statements.filter(text => what.test(text)).length

describe('an act of an office', () => {
  test('reads what stands around its request once, after it has locked it', async () => {
    // However slow the machine, what was kept is fresh.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now())
    const before = await aComplaint()
    await sendAct(town, 'clerk', before, 'approve')
    await resolve(before)
    const id = await aComplaint()
    const path = fillAddress(addresses.officeAct, { id, act: 'approve' })
    const assigned = await statementsOf(() => post(town, 'clerk', path, {}))
    const resolved = await statementsOf(() => resolve(id))
    for (const statements of [assigned, resolved]) {
      expect(times(statements, /from charge /)).toBe(1)
      expect(times(statements, /from tariff /)).toBe(1)
      const lock = statements.findIndex(text => text.endsWith('for update'))
      const rights = statements.findLastIndex(text => text.startsWith('select r.applicant_id'))
      const ledger = statements.findIndex(text => /from charge /.test(text))
      expect(lock).toBeGreaterThan(0)
      expect([lock < rights, rights < ledger]).toEqual([true, true])
    }
    // Who it is; begin, lock, rights, request, what comes next; four as the house; action, projection, audit; and the end.
    expect(assigned).toHaveLength(16)
    // The files before it, and the photo among the rest.
    expect(resolved).toHaveLength(27)
  })

  test('that waited is decided by what stands then: whoever may not act on it any more does not', async () => {
    const id = await aComplaint()
    const { projection } = await stateOf(town, id)
    const task = projection.tasks.find(({ state }) => state === 'open')?.id ?? ''
    let waiting: Promise<Response> | undefined
    await db.database.write(town.bench.town.id, async tx => {
      await lockRequest(tx, id)
      waiting = sendAct(town, 'clerk', id, 'approve', { 'act.task': task })
      await vi.waitUntil(() => lockWaits(db.owner))
      await sql`insert into request_closed (municipality_id, request_id, staff_id, reason, closed_at, closed_by)
        values (${tx.town}, ${id}, ${town.staff.clerk.id}, 'تخصّه', ${tx.now}, ${town.staff.manager.id})`.execute(
        tx.q,
      )
    })
    expect((await waiting)?.status).toBe(404)
    expect((await stateOf(town, id)).projection.lastSeq).toBe(projection.lastSeq)
  })
})
