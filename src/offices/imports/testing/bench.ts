import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, builder } from '../../../../test/builders/people.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import { applyRun } from '../apply/apply.ts'
import { checkRun } from '../check/check.ts'
import type { Reading, Run } from '../model.ts'
import { confirmRun, prepareRun } from '../receive.ts'
import { getRun, moveRun, startRun } from '../runs.ts'
import { sourceKeys } from '../sealed.ts'
import { addSource } from '../sources.ts'

/** A town with one source, and what a test does with its files. */
export async function anImportingTown(db: TestDatabase, over: Partial<Reading> = {}) {
  const house = aHouse(db)
  const town = await aTown(house)
  const place = { house, town: town.id }
  const treasurer = await aStaffMember(place, 'treasurer')
  const by = { kind: 'staff', id: treasurer.id } as const
  const read = house.database.read
  const write = house.database.write
  const sourceId = await write(town.id, tx =>
    addSource(tx, { code: 'billing', name: 'برنامج الفوترة', kind: 'file', reading: over }, builder),
  )
  /** Puts a file in, confirms what was guessed of it, and checks it. */
  async function check(text: string | Buffer, asOf = db.clock.now()): Promise<Run> {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    const stored = await house.files.put(town.id, bytes)
    const prepared = await prepareRun(house, town.id, { sourceId, asOf, fileName: 'file.csv', ...stored })
    const runId = await write(town.id, async tx => {
      const id = await startRun(tx, prepared, by)
      if (!prepared.reading.confirmed)
        await confirmRun(tx, await getRun(tx, id), { ...prepared.reading, ...over }, by)
      return id
    })
    await checkRun(house, town.id, runId)
    return read(town.id, tx => getRun(tx, runId))
  }
  async function apply(run: Run): Promise<Run> {
    await write(town.id, tx => moveRun(tx, run.id, ['checked', 'applied', 'applying'], 'applying', by))
    await applyRun(house, town.id, run.id, by)
    return read(town.id, tx => getRun(tx, run.id))
  }
  return {
    house,
    town,
    place,
    by,
    treasurer,
    sourceId,
    check,
    apply,
    keys: sourceKeys(house.crypto, town.id, sourceId),
    bring: async (text: string | Buffer, asOf?: Date) => apply(await check(text, asOf)),
    read: <T>(work: Parameters<typeof read<T>>[1]) => read(town.id, work),
    write: <T>(work: Parameters<typeof write<T>>[1]) => write(town.id, work),
  }
}
