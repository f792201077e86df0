import { z } from 'zod'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { gatherBulletin } from './audience/gather.ts'
import { planGather, planSend, planSendSoon } from './later.ts'
import { countProgress } from './send/progress.ts'
import { carryOn } from './send/work.ts'
import { bulletinsAtWork, getBulletin } from './store.ts'

const day = 86_400_000
/** Reports still come in so long after the end, and are counted so often. */
const reportsFor = 3 * day
const countedEvery = day / 96

/** Gathering and sending, and once a minute whatever was left lying by a process that died. */
export const bulletinJobs: readonly Job[] = [
  defineJob('bulletins.gather', z.object({ id: z.uuid() }), (house, town, { id }) =>
    gatherBulletin(house, town, id),
  ),
  defineJob('bulletins.send', z.object({ id: z.uuid() }), async (house, town, { id }) => {
    const moved = await carryOn(house, town, id)
    if (moved) await house.database.write(town, tx => planSendSoon(tx, id))
  }),
  defineJob('bulletins.tick', z.object({}), tick, { cron: '* * * * *' }),
]

async function tick(house: House, town: string): Promise<void> {
  await house.database.write(town, async tx => {
    const since = new Date(tx.now.getTime() - reportsFor)
    for (const { id, state, progressAt } of await bulletinsAtWork(tx, since)) {
      const isOld = (progressAt?.getTime() ?? 0) < tx.now.getTime() - countedEvery
      if (state === 'counting') await planGather(tx, id)
      else if (state === 'sending') await planSend(tx, id)
      else if (isOld) await countProgress(tx, await getBulletin(tx, id, true))
    }
  })
}
