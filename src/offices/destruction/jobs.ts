import { sql } from 'kysely'
import { z } from 'zod'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { carryOut } from './carry-out.ts'
import { countAct } from './count.ts'

const one = z.object({ actId: z.uuid() })

/** The work of this office in the background. The calendar takes up what a lost job would have left: an act whose rest has passed. */
export const destructionJobs: Job[] = [
  defineJob('destruction.count', one, (house, town, { actId }) => countAct(house, town, actId)),
  defineJob('destruction.carry-out', one, (house, town, { actId }) => carryOut(house, town, actId)),
  defineJob(
    'destruction.due',
    z.object({}),
    async (house, town) => {
      const due = await house.database.read(town, async tx => {
        const { rows } = await sql<{ act_id: string; state: string }>`
          select act_id, state from destruction_act where municipality_id = ${tx.town}
             and (state = 'acting' or (state = 'resting' and acts_at <= ${tx.now}))`.execute(tx.q)
        return rows
      })
      for (const { act_id } of due) await carryOut(house, town, act_id)
    },
    { cron: '17 * * * *' },
  ),
]
