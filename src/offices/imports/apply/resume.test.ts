import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { messyFile } from '../../../../test/builders/messy-file.ts'
import { testDatabase } from '../../../../test/database.ts'
import { verifyTreasury } from '../../treasury/index.ts'
import { moveRun } from '../runs.ts'
import { anImportingTown } from '../testing/bench.ts'
import { applyRun } from './apply.ts'

const db = await testDatabase()

const counted = async (town: string) => {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from person where municipality_id = ${town}) as people,
           (select count(*)::int from subscription where municipality_id = ${town}) as subscriptions,
           (select count(*)::int from voucher where municipality_id = ${town}) as vouchers,
           (select count(*)::int from import_record where municipality_id = ${town}) as records`.execute(
    db.owner,
  )
  return rows[0]
}

describe('a messy file', () => {
  test.each(['windows-1256', 'utf-8'] as const)(
    'in %s is whole after a death in its middle, and again writes nothing',
    async encoding => {
      const { house, town, check, apply, bring, write, read, by } = await anImportingTown(db)
      const file = messyFile({ rows: 900, encoding })
      const run = await check(file.bytes)
      expect(run.counts?.verdicts).toMatchObject({ refused: file.unreadable })
      expect(run.counts?.notes).toMatchObject({
        'phone-missing': expect.any(Number),
        credit: expect.any(Number),
      })
      await write(tx => moveRun(tx, run.id, ['checked'], 'applying', by))
      // The line to the database is cut in the third batch: what is left is two whole batches.
      let batches = 0
      const cut = {
        ...house.database,
        write: ((where, work) => {
          batches += 1
          if (batches === 3) return Promise.reject(new Error('killed'))
          return house.database.write(where, work)
        }) as typeof house.database.write,
      }
      await expect(applyRun({ ...house, database: cut }, town.id, run.id, by)).rejects.toThrow('killed')
      const half = await counted(town.id)
      expect(half?.records).toBeGreaterThan(0)
      expect(await read(verifyTreasury)).toEqual([])
      // Two that go on at once take turns.
      await Promise.all([applyRun(house, town.id, run.id, by), applyRun(house, town.id, run.id, by)])
      const whole = await counted(town.id)
      expect(whole?.records).toBe(run.counts?.verdicts.new ?? 0)
      expect(whole?.subscriptions).toBe(whole?.records)
      expect(await read(verifyTreasury)).toEqual([])
      const again = await bring(file.bytes)
      expect(again.counts?.verdicts.same).toBe(whole?.records)
      expect(await counted(town.id)).toEqual(whole)
      const changed = messyFile({ rows: 900, encoding, changedEvery: 30 })
      const third = await check(changed.bytes)
      expect(third.counts?.verdicts.changed).toBeLessThanOrEqual(changed.changed)
      expect(third.counts?.verdicts.changed).toBeGreaterThan(changed.changed / 2)
      await apply(third)
      expect(await counted(town.id)).toMatchObject({
        people: whole?.people,
        subscriptions: whole?.subscriptions,
      })
      expect(await read(verifyTreasury)).toEqual([])
    },
  )
})
