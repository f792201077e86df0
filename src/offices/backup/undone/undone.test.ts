import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { defineJob, planJob, runDueJobs } from '../../../platform/jobs/index.ts'
import { backupRoutes } from '../index.ts'
import { readUndone } from './store.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'test.always-fails': object
    'test.works': object
  }
}

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const other = await aTown(house)
const { knock } = aDoor(house, backupRoutes)
const at = (of: typeof town) => townUrl({ prefix: `/~${of.slug}` }, addresses.manageUndone, {})
const admin = async (of: typeof town) => {
  const place = { house, town: of.id }
  return logInAs(place, { staffId: (await aStaffMember(place, 'admin')).id })
}

let isMended = false
let worked = 0
const jobs = [
  defineJob('test.always-fails', z.object({}), async () => {
    if (!isMended) throw new Error('the printer of سامي@example.ps is on fire\nat line 3')
  }),
  defineJob('test.works', z.object({}), async () => {
    worked += 1
  }),
]
const runDue = () => runDueJobs({ house, jobs, url: db.ownerUrl, towns: async () => [] })
/** Whatever waits for its next try is due. */
const letTimePass = () =>
  sql`update graphile_worker._private_jobs set run_at = now() - interval '1 second'`.execute(db.owner)
const undone = () => house.database.read(town.id, readUndone)

describe('work that always fails', () => {
  test('lets the rest go on, is tried less and less often, and stays in the list of its town with its reason', async () => {
    await house.database.write(town.id, async tx => {
      await planJob(tx, 'test.always-fails', {}, { maxAttempts: 3 })
      await planJob(tx, 'test.works', {})
    })
    const waits: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      await runDue()
      const [work] = await undone()
      if (work?.nextAt) waits.push(work.nextAt.getTime() - work.triedAt.getTime())
      await letTimePass()
    }
    expect(worked).toBe(1)
    expect(waits).toHaveLength(2)
    expect(waits[1]).toBeGreaterThan(waits[0] ?? Number.POSITIVE_INFINITY)
    expect(await undone()).toMatchObject([{ job: 'test.always-fails', tries: 3, nextAt: undefined }])
    const page = await (await knock(at(town), { cookie: await admin(town) })).text()
    expect(page).toContain('test.always-fails')
    expect(page).toContain('is on fire')
    expect(page).not.toContain('example.ps')
    const theirs = await (await knock(at(other), { cookie: await admin(other) })).text()
    expect(theirs).not.toContain('test.always-fails')
  })

  test('is done once it is mended and asked for, by nobody of another town', async () => {
    const [work] = await undone()
    const form = { job: String(work?.id), _key: 'a-key-of-this-form' }
    expect((await knock(at(other), { cookie: await admin(other), form })).status).toBe(409)
    await runDue()
    expect(await undone()).toHaveLength(1)
    isMended = true
    expect((await knock(at(town), { cookie: await admin(town), form })).status).toBe(303)
    await letTimePass()
    await runDue()
    expect(await undone()).toEqual([])
    const again = { ...form, _key: 'a-key-of-another-form' }
    expect((await knock(at(town), { cookie: await admin(town), form: again })).status).toBe(409)
  })

  test('is nobody’s affair but the administrator’s', async () => {
    const place = { house, town: town.id }
    const clerk = await logInAs(place, { staffId: (await aStaffMember(place, 'clerk')).id })
    expect((await knock(at(town), { cookie: clerk })).status).toBe(403)
  })
})
