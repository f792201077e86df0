import { z } from 'zod'
import { findStep } from '../../../kernel/workflow/index.ts'
import { DomainError, NotFound } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { defineJob, type Job, planJob } from '../../../platform/jobs/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { performAct } from '../actions.ts'
import type { Request } from '../model.ts'
import { getRequest } from '../store.ts'

/** How often an effect is tried before people are asked, unless its step says otherwise. */
const usualTries = 3
const firstPauseMs = 60_000
const longestPauseMs = 4 * 3_600_000

/** The pause after so many tries: a minute, five, twenty-five … four hours at most. */
export const pauseAfter = (tried: number): number => Math.min(firstPauseMs * 5 ** (tried - 1), longestPauseMs)

type Payload = { requestId: string; taskId: string; tried: number }

/**
 * Runs an effect as the system's own act. One that fails is undone whole and tried again after a pause that grows; after its tries, people
 * are asked.
 */
async function runEffect(house: House, townId: string, { requestId, taskId, tried }: Payload): Promise<void> {
  const town = await openTownDirectory(house.database, () => performance.now()).get(townId)
  const desk = { house, town }
  const system = { kind: 'system' } as const
  try {
    await house.database.write(townId, tx =>
      performAct(tx, desk, { requestId, name: 'run-effect', actor: system, taskId }),
    )
  } catch (error) {
    const note = error instanceof DomainError ? error.code : 'internal'
    await house.database.write(townId, async tx => {
      const request = await findRequest(tx, requestId)
      // Whoever did it meanwhile was faster, or the request is elsewhere by now.
      if (request?.projection.tasks.find(({ id }) => id === taskId)?.state !== 'waiting') return
      house.log.warn({ part: 'requests', err: error, requestId, tried: tried + 1 }, 'an effect failed')
      if (tried + 1 < (await triesOf(tx, request))) {
        const next = { requestId, taskId, tried: tried + 1 }
        const runAt = new Date(tx.now.getTime() + pauseAfter(tried + 1))
        await planJob(tx, 'requests.run-effect', next, { runAt, key: `${taskId}:${tried + 1}` })
      } else if (request.projection.missingPapers.length === 0) {
        await performAct(tx, desk, { requestId, name: 'effect-failed', actor: system, taskId, note })
      }
    })
  }
}

async function findRequest(tx: Write, requestId: string): Promise<Request | undefined> {
  try {
    return await getRequest(tx, requestId, true)
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

async function triesOf(tx: Write, request: Request): Promise<number> {
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  return findStep(service, request.projection.step)?.tries ?? usualTries
}

export const effectJob: Job = defineJob(
  'requests.run-effect',
  z.object({ requestId: z.uuid(), taskId: z.uuid(), tried: z.int().min(0) }),
  runEffect,
)
