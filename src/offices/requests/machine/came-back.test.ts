import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { builder, logInAs } from '../../../../test/builders/people.ts'
import { aWorker } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress, townUrl } from '../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import { appoint, delegate, enterAbsence } from '../../people/index.ts'
import { performAct } from '../index.ts'
import { anOfficeTown, aSubmitted, bringTo, stateOf, visit } from '../staff/testing/office.ts'
import { cameBackJob, giveBack, strays } from './came-back.ts'

const db = await testDatabase()
const town = await anOfficeTown(db)
const { bench } = town
const place = { house: bench.house, town: bench.town.id }
const admin = await aWorker(bench, 'admin', 'service-centre')
const cookie = await logInAs(place, { staffId: admin.id })

/** A connection with its inspection in somebody's hands. */
async function inHands(of: { id: string }): Promise<{ id: string; taskId: string }> {
  const id = await aSubmitted(town)
  await bringTo(town, id, 'inspection')
  const taskId = (await openTask(id))?.id ?? ''
  await take(of.id, id, taskId)
  return { id, taskId }
}
const take = (staffId: string, requestId: string, taskId: string) => {
  const actor = {
    kind: 'staff',
    staffId,
    appointments: [{ role: 'officer', office: 'electricity' }],
  } as const
  return db.database.write(place.town, tx =>
    performAct(tx, bench, { requestId, name: 'take', actor, taskId }),
  )
}
const openTask = async (id: string) =>
  (await stateOf(town, id)).projection.tasks.find(
    ({ state, office }) => state !== 'closed' && office === 'electricity',
  )
const send = (path: string) =>
  town.door.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { host: 'localhost', origin: 'http://localhost', cookie },
      body: new URLSearchParams({}),
    }),
  )
const anOfficer = () => aWorker(bench, 'officer', 'electricity')

describe('what lies in the hands of somebody who is no longer there', () => {
  test('goes back to the office’s line when they leave, in the same moment, saying from whom', async () => {
    const leaver = await anOfficer()
    const { id } = await inHands(leaver)
    const kept = await inHands(town.staff.engineer)
    expect((await openTask(id))?.assignee).toBe(leaver.id)
    const left = await send(townUrl(bench.town, addresses.staffLeave, { staff: leaver.id }))
    expect(left.status).toBe(303)
    const back = await openTask(id)
    expect(back?.assignee).toBeUndefined()
    expect(back?.note).toContain(leaver.name.ar)
    expect((await openTask(kept.id))?.assignee).toBe(town.staff.engineer.id)
    const inbox = await visit(town, 'head', fillAddress(addresses.inbox, {}))
    expect(await inbox.text()).toContain(`عادت من ${leaver.name.ar}`)
    const page = await visit(town, 'engineer', fillAddress(addresses.officeRequest, { id }))
    expect(await page.text()).toContain('عادت المهمة إلى الدائرة من')
    await take(town.staff.engineer.id, id, back?.id ?? '')
    expect((await openTask(id))?.assignee).toBe(town.staff.engineer.id)
  })

  test('goes back when their post ends, and stays where they hold another at the office', async () => {
    const mover = await anOfficer()
    const both = await anOfficer()
    const moved = await inHands(mover)
    const stays = await inHands(both)
    await db.database.write(place.town, tx =>
      appoint(
        tx,
        { staffId: both.id, office: 'electricity', role: 'head', validFrom: '2020-01-01' },
        builder,
      ),
    )
    for (const who of [mover, both]) {
      const post = await db.owner
        .selectFrom('appointment')
        .select('appointment_id')
        .where('staff_id', '=', who.id)
        .where('role', '=', 'officer')
        .executeTakeFirstOrThrow()
      const path = townUrl(bench.town, addresses.staffAppointmentEnd, {
        staff: who.id,
        appointment: post.appointment_id,
      })
      expect((await send(path)).status).toBe(303)
    }
    expect((await openTask(moved.id))?.assignee).toBeUndefined()
    expect((await openTask(stays.id))?.assignee).toBe(both.id)
  })

  test('is found by the clock where the post ended by its day', async () => {
    const until = await anOfficer()
    const { id } = await inHands(until)
    await sql`update appointment set valid_until = '2026-02-27' where staff_id = ${until.id}`.execute(
      db.owner,
    )
    db.clock.advance(15 * 60_000)
    await cameBackJob.run(bench.house, place.town, {} as never)
    expect((await openTask(id))?.assignee).toBeUndefined()
  })

  test('stays with whoever stands in for somebody of the office, or was lent its tasks, though their own post there ended', async () => {
    const [deputy, borrower] = [await anOfficer(), await anOfficer()]
    const [stood, lent] = [await inHands(deputy), await inHands(borrower)]
    const over = (of: { id: string }) =>
      sql`update appointment set valid_until = '2026-02-27' where staff_id = ${of.id}`.execute(db.owner)
    const by = { kind: 'staff', id: admin.id } as const
    const [absent, lender] = [await anOfficer(), await anOfficer()]
    await db.database.write(place.town, async tx => {
      const today = dateIn(tx.now, bench.town.timeZone)
      const days = { from: today, until: addDays(today, 9), reason: 'إجازة' }
      await enterAbsence(tx, { staffId: absent.id, deputyId: deputy.id, ...days }, by)
      const what = { office: 'electricity', act: 'tasks' } as const
      await delegate(tx, { staffId: lender.id, deputyId: borrower.id, ...what, ...days }, by)
    })
    await over(deputy)
    await over(borrower)
    await cameBackJob.run(bench.house, place.town, {} as never)
    expect((await openTask(stood.id))?.assignee).toBe(deputy.id)
    expect((await openTask(lent.id))?.assignee).toBe(borrower.id)
    for (const table of ['absence', 'delegation'])
      await sql`update ${sql.table(table)} set ended_at = set_at, ended_by = staff_id`.execute(db.owner)
    await cameBackJob.run(bench.house, place.town, {} as never)
    expect((await openTask(stood.id))?.assignee).toBeUndefined()
    expect((await openTask(lent.id))?.assignee).toBeUndefined()
  })

  test('keeps nobody in when it was closed in that moment', async () => {
    const leaver = await anOfficer()
    const { id } = await inHands(leaver)
    await sql`update staff set left_at = now() where staff_id = ${leaver.id}`.execute(db.owner)
    await db.database.write(place.town, async tx => {
      const [stray] = await strays(tx, leaver.id)
      if (!stray) throw new Error('nothing came back')
      const gone = { ...stray, taskId: '00000000-0000-7000-8000-000000000000' }
      const none = { ...stray, requestId: '00000000-0000-7000-8000-000000000000' }
      await giveBack(tx, bench, [gone, none, stray])
    })
    expect((await openTask(id))?.assignee).toBeUndefined()
  })
})
