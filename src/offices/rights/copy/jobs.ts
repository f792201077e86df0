import { sql } from 'kysely'
import { z } from 'zod'
import type { House } from '../../../platform/house.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { destroyFiles, noteDestroyed } from './keep.ts'
import { makeCopy } from './make.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'rights.copy': { copyId: string }
    'rights.sweep-copies': Record<string, never>
  }
}

/** A copy that is not made by then never will be: the person may ask again. */
const givenUpMs = 6 * 60 * 60_000

/** Destroys what ran out: the files first, so that a row without a file is found again; and gives up what nobody makes any more. */
export async function sweepCopies(house: House, town: string): Promise<void> {
  const late = await house.database.read(town, async tx => {
    const { rows } = await sql<{
      copy_id: string
      person_id: string
    }>`select copy_id, person_id from data_copy
       where municipality_id = ${tx.town} and state = 'ready' and until <= ${tx.now} order by until limit 500`.execute(
      tx.q,
    )
    return rows
  })
  for (const { copy_id: copyId, person_id: personId } of late) {
    await destroyFiles(house, town, copyId)
    await house.database.write(town, tx => noteDestroyed(tx, { copyId, personId }))
  }
  // Those given up before, too, whose files stayed: of a sweep that was killed, or of a run that went on after it was given up.
  const dead = await house.database.write(town, async tx => {
    await sql`update data_copy set state = 'failed'
       where municipality_id = ${tx.town} and state in ('waiting', 'making')
         and asked_at < ${new Date(tx.now.getTime() - givenUpMs)}`.execute(tx.q)
    const { rows } = await sql<{ copy_id: string }>`select c.copy_id from data_copy c
       where c.municipality_id = ${tx.town} and c.state = 'failed'
         and exists (select from data_copy_file f where f.municipality_id = c.municipality_id and f.copy_id = c.copy_id)`.execute(
      tx.q,
    )
    return rows
  })
  for (const { copy_id: copyId } of dead) await destroyFiles(house, town, copyId)
}

export const copyJobs: readonly Job[] = [
  defineJob('rights.copy', z.object({ copyId: z.uuid() }), makeCopy),
  defineJob('rights.sweep-copies', z.object({}), (house, town) => sweepCopies(house, town), {
    cron: '7 * * * *',
  }),
]
