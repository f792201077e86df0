import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setBank } from '../../src/offices/payments/bank/settings.ts'
import { serverProcesses, waitUntil } from '../../src/platform/database/postgres/processes.ts'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { dataOf } from '../bench/ground.ts'
import type { Mode } from '../bench/parts.ts'
import { note } from '../bench/report.ts'
import { type Server, startServer } from '../bench/server.ts'
import { isGone, startWorker, type Worker } from '../faults/worker.ts'
import { isSound, judge } from './check.ts'
import { tellShape } from './figures.ts'
import { type Bank, bundlePrograms, drive, openBank, type Programs } from './processes.ts'
import { forgetStatements, hotStatements, readProfile, tellProfile, watchStatements } from './profile.ts'
import { layScene, logInPeople, type Scene, type SceneSize } from './scene.ts'
import type { Ground, Order, Outcome, ShapeName, Size } from './shape.ts'
import { sizes, townOf } from './sizes.ts'
import { readThere } from './there.ts'

export type Load = {
  shapes: readonly ShapeName[]
  mode: Mode
  seed: number
  /** Rows in the town, where it is another number than the mode's. */
  requests?: number | undefined
  /** Another number of clients, or another time, than the mode's. */
  many?: number | undefined
  seconds?: number | undefined
  /** The largest town of a country of so many requests, instead of a town of its own. */
  country?: boolean | undefined
  /** Where the town is kept and taken up again; one of its own that is gone afterwards unless given. */
  folder?: string | undefined
  /** A town with some of each row instead of all. */
  thin?: boolean | undefined
  /** What tells its figures from those of another town in the same report: it stands after `load-`. */
  mark?: string | undefined
  /** Pages alone, without the background work beside them. */
  webOnly?: boolean | undefined
  /** Watches the server and the database while they work, and says where their time goes: figures are not to be taken from it. */
  profile?: boolean | undefined
  programs?: Programs | undefined
}

export type Done = {
  /** Whether nothing failed, and everything is as clients were told. */
  sound: boolean
  outcomes: Outcome[]
  /** Where the database lay. */
  data: string
}

/** As in a town of its own machine: pages in one process, what is done later in another that stands back (docs/operations.md). */
type Running = { server: Server; worker: Worker | undefined }

/** Drives these shapes one after another in one town of its own, which is gone afterwards unless a folder keeps it. */
export async function runShapes(load: Load): Promise<Done> {
  const programs = load.programs ?? (await bundlePrograms())
  const scene = await layScene(sceneSize(load))
  const profiles = join(scene.laid.folder, 'profile')
  if (load.profile) await watchStatements(scene.laid)
  // What an earlier run left in a kept town is not this one's.
  rmSync(profiles, { recursive: true, force: true })
  const port = await findFreePort()
  const bank = load.shapes.includes('bill-day') ? await openBank(programs.bank) : undefined
  const environment = { ...scene.laid.environment, PUBLIC_URL: `http://127.0.0.1:${port}` }
  const server = await startServer('serve', environment, {
    program: programs.server,
    port,
    ...(load.profile && {
      nodeWords: ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
    }),
  })
  const worker = load.webOnly ? undefined : startWorker(environment, programs.server)
  const running: Running = { server, worker }
  try {
    if (worker && !(await waitUntil(() => worker.atWork(), 60_000)))
      throw new Error(`the background work did not begin: ${worker.said()}`)
    const ground = await beforehand(load, programs, scene, port, bank)
    const done: Done = { sound: true, outcomes: [], data: dataOf(scene.laid.environment.DATA_DIR) }
    for (const shape of load.shapes) {
      const { sound, outcome } = await one(load, programs, scene, running, shape, ground)
      done.sound &&= sound
      done.outcomes.push(outcome)
    }
    if (worker && isGone(worker)) throw new Error(`the background work ended by itself: ${worker.said()}`)
    if (load.profile) {
      const statements = await hotStatements(scene.laid)
      await worker?.stop()
      await server.stop()
      tellProfile(statements)
      tellProfile(readProfile(profiles))
    }
    return done
  } finally {
    await worker?.stop()
    await server.stop()
    await bank?.stop()
    scene.laid.clear()
  }
}

/** Lays the town these shapes need into its folder, or adds what it lacks, and drives nothing. */
export async function layTown(load: Load): Promise<void> {
  const { laid } = await layScene(sceneSize(load))
  laid.clear()
}

function sizeOf(load: Load, shape: ShapeName): Size {
  const usual = sizes[shape][load.mode]
  return { ...usual, many: load.many ?? usual.many, seconds: load.seconds ?? usual.seconds }
}

const most = (load: Load, shapes: readonly ShapeName[], least: number): number =>
  Math.max(least, ...shapes.filter(each => load.shapes.includes(each)).map(each => sizeOf(load, each).many))

function sceneSize(load: Load): SceneSize {
  const { requests, persons } = townOf[load.mode]
  const asked = load.requests ?? requests
  return {
    people: most(load, ['bill-day', 'thousand'], load.mode === 'quick' ? 60 : 500),
    requests: asked,
    persons: load.requests === undefined ? persons : Math.max(400, Math.round(asked * 0.4)),
    clerks: most(load, ['morning'], 4),
    officers: 4,
    country: load.country ? load.seed : undefined,
    folder: load.folder,
    thin: load.thin,
  }
}

/** Everybody files once and is logged in where a shape needs them to be; the bank is made known and the bills' links are read. */
async function beforehand(
  load: Load,
  programs: Programs,
  scene: Scene,
  port: number,
  bank: Bank | undefined,
): Promise<Ground> {
  const { laid } = scene
  const ground: Ground = { ...scene.ground, port, bills: [], bank: bank?.url ?? '' }
  const loggedIn = most(load, ['bill-day', 'thousand'], 0)
  await logInPeople(scene, loggedIn)
  if (bank) {
    const { url, merchant, key } = bank
    await laid.inHouse(house =>
      house.database.write(laid.town.id, tx =>
        setBank(
          tx,
          { house, town: laid.town },
          {
            name: 'load',
            pageUrl: url,
            apiUrl: `${url}/api`,
            merchant,
            key,
            minutes: 120,
            late: 'on-account' as const,
          },
          { kind: 'system', id: 'load' },
        ),
      ),
    )
  }
  const began = performance.now()
  const size: Size = { seconds: 0, many: 16, rate: 0, think: 0 }
  const filed = await drive(programs.driver, { shape: 'everybody', seed: load.seed + 9, size, ground })
  if (Object.keys(filed.failures).length > 0)
    throw new Error(`not everybody could file: ${filed.samples.join('\n')}`)
  note(`${ground.people.length} people filed once in ${Math.round((performance.now() - began) / 1000)} s`)
  const requests = await requestsOf(scene)
  const accounts = await accountsOf(scene)
  for (const person of ground.people) if (accounts.has(person.idNumber)) person.idNumber = ''
  for (const person of ground.people) {
    const own = requests.get(person.personId)
    if (own) person.request = own.request
  }
  // As the database does by itself within minutes of such a change.
  await laid.asOwner(client => client.query('analyze'))
  ground.bills = ground.people.map(({ personId }) => requests.get(personId)?.code ?? '')
  return ground
}

/** Which of the people's numbers are an account's too, as it is typed: such a number finds both. */
const accountsOf = ({ laid, ground }: Scene): Promise<Set<string>> =>
  laid.asOwner(async client => {
    const { rows } = await client.query<{ digits: string }>(
      `select digits from account cross join regexp_replace(number, '\\D', '', 'g') digits
        where municipality_id = $1 and digits = any ($2)`,
      [laid.town.id, ground.people.map(each => each.idNumber)],
    )
    return new Set(rows.map(row => row.digits))
  })

/** What each of the people filed through the API, and the code of the link in the message about its fee. */
const requestsOf = async ({ laid }: Scene): Promise<Map<string, { request: string; code: string }>> => {
  const rows = await laid.asOwner(async client => {
    const found = await client.query<{ person: string; request: string; body: string }>(
      `select r.applicant_id as person, r.request_id as request, coalesce(m.body, '') as body from request r
         left join message m on m.municipality_id = r.municipality_id and m.request_id = r.request_id and m.event = 'fee-due'
        where r.municipality_id = $1 and r.filed_by_kind = 'partner' and r.filed_at > now() - interval '1 hour' and r.state = 'awaiting-fee'`,
      [laid.town.id],
    )
    return found.rows
  })
  return new Map(
    rows.map(({ person, request, body }) => [
      person,
      { request, code: /\/s\/([\w-]+)/.exec(body)?.[1] ?? '' },
    ]),
  )
}

/** One shape: driven, compared with what is there, told. */
async function one(
  load: Load,
  programs: Programs,
  scene: Scene,
  running: Running,
  shape: ShapeName,
  ground: Ground,
): Promise<{ sound: boolean; outcome: Outcome }> {
  const size = sizeOf(load, shape)
  const order: Order = { shape, seed: load.seed, size, ground }
  await scene.laid.asOwner(client => client.query('checkpoint'))
  if (load.profile) await forgetStatements(scene.laid)
  const since = new Date()
  const before = cpu(scene, running)
  note(`${shape}: ${size.seconds} s, ${size.many} at once`)
  const outcome = await drive(programs.driver, order)
  const after = cpu(scene, running)
  const { laid } = scene
  const there = await laid.asOwner(client =>
    readThere(
      async <T>(text: string, values: unknown[]) => (await client.query(text, values)).rows as T[],
      laid.town.id,
      since,
      outcome.told,
    ),
  )
  const verdict = judge(outcome.told, outcome.begun, there)
  tellShape(outcome, load.mark ?? '', {
    seconds: outcome.seconds,
    size,
    requestsInTown: scene.requests,
    cpuMs: {
      server: Math.round(after.server - before.server),
      worker: Math.round(after.worker - before.worker),
      database: Math.round(after.database - before.database),
      driver: Math.round(outcome.driverCpuMs),
    },
    residentMb: Math.round(running.server.residentMb()),
    facts: outcome.facts,
    acknowledged: outcome.told.length,
    verdict: summed(verdict),
    others: Object.fromEntries(
      Object.entries(outcome.acts).map(([act, { latency: _, ...rest }]) => [act, rest]),
    ),
  })
  say(outcome, verdict)
  return { outcome, sound: isSound(verdict) && Object.keys(outcome.failures).length === 0 }
}

const summed = (verdict: ReturnType<typeof judge>): Record<string, number> =>
  Object.fromEntries(Object.entries(verdict).map(([name, found]) => [name, found.length]))

function say({ shape, failures, samples, told }: Outcome, verdict: ReturnType<typeof judge>): void {
  for (const [why, count] of Object.entries(failures)) note(`${shape}: ${count} × ${why}`)
  for (const sample of samples.slice(0, 5)) note(`  ${sample}`)
  const found = [...verdict.lost, ...verdict.doubled, ...verdict.wrong]
  for (const each of found.slice(0, 20)) note(`${shape}: ${each}`)
  note(
    `${shape}: ${told.length} acknowledged, ${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ${verdict.wrong.length} otherwise wrong`,
  )
}

/** CPU used so far, in milliseconds, by the pages, the background work and everything of their database. */
function cpu({ laid }: Scene, { server, worker }: Running): Record<'server' | 'worker' | 'database', number> {
  const data = dataOf(laid.environment.DATA_DIR)
  const ticks = serverProcesses(data).reduce((sum, pid) => sum + ticksOf(pid), 0)
  return { server: server.cpuMs(), worker: ticksOf(worker?.child.pid ?? 0) * 10, database: ticks * 10 }
}

/** What a process used itself and, of the postmaster, what those of its children did that have ended. */
function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0)
  } catch {
    return 0
  }
}
