import { sql } from 'kysely'
import { officeJobs } from '../commands.ts'
import { allFigures } from '../figures.ts'
import { readAhead } from '../offices/catalogue/index.ts'
import { startSending } from '../offices/messaging/index.ts'
import { openOffices } from '../offices.ts'
import type { House } from '../platform/house.ts'
import { startJobs } from '../platform/jobs/index.ts'
import { liveOf, startRelay } from '../platform/live/index.ts'
import { collectOnce } from '../platform/memory.ts'
import { PlainError } from '../platform/plain-error.ts'
import { type Listener, listen } from '../platform/serve.ts'
import { readFigures } from '../platform/telemetry/figures.ts'
import { healthRoutes } from '../platform/telemetry/health.ts'
import { startTelemetry } from '../platform/telemetry/start.ts'
import { yieldToPeople } from '../platform/yielding.ts'
import { openTownDirectory } from '../web/town.ts'
import { startKeeper } from './keeper.ts'
import { workUntilAsked } from './stop.ts'
import { listTowns } from './towns.ts'
import { webApp } from './web.ts'

/** How long what is under way may take to end: an upload over a slow line. */
const patienceMs = 20_000

export interface Parts {
  web: boolean
  jobs: boolean
}

/** Serves pages, does the background work, or both, until asked to stop; then lets what is under way end. */
export const runHouse = (house: House, parts: Parts, say: (line: string) => void): Promise<void> =>
  workUntilAsked(asked => runParts(house, parts, say, asked))

async function runParts(
  house: House,
  parts: Parts,
  say: (line: string) => void,
  asked: Promise<void>,
): Promise<void> {
  const { config } = house
  const towns = async () => (await listTowns(house)).map(town => town.id)
  // What a job does is heard by the same offices as what a page does.
  if (parts.jobs && !parts.web) {
    yieldToPeople()
    openOffices(house).enter(openTownDirectory(house.database, () => performance.now()))
  }
  const runner = parts.jobs
    ? await startJobs({ house, jobs: officeJobs, url: house.server.directUrl, towns })
    : undefined
  const sender = parts.jobs
    ? startSending(
        house,
        openTownDirectory(house.database, () => performance.now()),
      )
    : undefined
  house.readiness.add('jobs', runner ? () => runner.check() : () => checkQueue(house))
  const relay = startRelay(house)
  const keeper = parts.web ? startKeeper(house) : undefined
  const telemetry = await startTelemetry(house)
  const figures = parts.jobs ? readFigures(house, allFigures, () => listTowns(house)) : undefined
  let signs: Listener | undefined
  let listener: Listener | undefined
  let ahead: Promise<void> | undefined
  try {
    if (parts.web) {
      listener = await listen(await webApp(house), config.host, config.port)
      const shown = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
      ahead = towns()
        .then(ids => readAhead(house, ids))
        .catch(error => house.log.warn({ part: 'catalogue', err: error }, 'services were not read ahead'))
      say(`Shubbak is open at ${config.publicUrl ?? `http://${shown}:${listener.port}/`}`)
    } else {
      signs = await signsOfLife(house)
      say('Shubbak works in the background')
    }
    ahead = Promise.resolve(ahead).then(collectOnce)
    await Promise.race([asked, house.refused?.then(refuseOn(house)) ?? asked])
    say('Closing: letting what is under way end')
  } finally {
    house.readiness.leave()
    await listener?.drain(patienceMs, {
      lingerMs: config.drainSeconds * 1000,
      leave: () => liveOf(house).leave(),
    })
    await signs?.drain(0)
    await figures?.stop()
    await ahead
    await sender?.stop()
    await runner?.stop()
    await relay.stop()
    await keeper?.stop()
    await telemetry.stop()
  }
}

/** Where the background work says whether it lives, and what it counts: it answers nothing else (HEALTH_PORT). */
async function signsOfLife({ config, readiness, metrics }: House): Promise<Listener | undefined> {
  if (config.healthPort === undefined) return undefined
  return listen(healthRoutes(readiness, metrics, config.metricsToken).fetch, config.host, config.healthPort)
}

/** The schema was changed under a program that was cut off from it: it ends, and whoever watches over it starts the version that is there. */
const refuseOn = (house: House) => (why: string) => {
  house.log.fatal({ part: 'database' }, why)
  throw new PlainError(why)
}

async function checkQueue(house: House): Promise<void> {
  const { rows } = await house.database.directory(q =>
    sql<{ there: boolean }>`
      select to_regprocedure('plan_last_job(text,json,timestamptz,text,text,integer)') is not null as there`.execute(
      q,
    ),
  )
  if (!rows[0]?.there) throw new Error('the queue is not set up')
}
