import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { catalogueOf } from '../../src/offices/catalogue/index.ts'
import { fileRequest } from '../../src/offices/requests/index.ts'
import { completeAnswers } from '../builders/requests.ts'
import { fillTown } from '../bulk/fill.ts'
import { enterOffices, type Ground } from './ground.ts'
import { getText, send } from './http.ts'
import { note, quantile, tell } from './report.ts'
import { type Server, startServer } from './server.ts'

const goalInboxMs = 25

/** Pages as people of a large town get them: by what they cost, an officer's inbox also by its time. */
export async function benchPages(ground: Ground, quick: boolean): Promise<void> {
  const citizen = await fileSome(ground)
  const size = { persons: quick ? 8_000 : 50_000, requests: quick ? 20_000 : 100_000 }
  await fill(ground, size, !quick)
  const cookie = await ground.logIn({ personId: citizen })
  const officer = await ground.logIn({ staffId: ground.staff.officer.id })
  const server = await startServer('serve', ground.environment)
  try {
    const sheet = getText(fillAddress(addresses.service, { code: 'ADM-01' }), '')
    const my = getText(fillAddress(addresses.my, {}), cookie)
    const tasks = getText(fillAddress(addresses.inbox, {}), officer)
    await cost(server, { name: 'service-sheet', text: sheet, goalMs: 0.3 }, quick)
    await cost(server, { name: 'citizen-home', text: my, goalMs: 0.6 }, quick)
    await cost(server, { name: 'inbox-page', text: tasks, goalMs: 1.5 }, quick)
    await inbox(server, officer, quick)
  } finally {
    await server.stop()
  }
  await breakdown(ground, cookie)
}

/** A few requests of one citizen, as the portal files them. */
export async function fileSome(ground: Ground): Promise<string> {
  const [person] = ground.people
  if (!person) throw new Error('nobody lives here')
  await ground.inHouse(async house => {
    enterOffices(house)
    for (let each = 0; each < 4; each++) {
      await house.database.write(ground.town.id, async tx =>
        fileRequest(
          tx,
          { house, town: ground.town },
          {
            serviceCode: 'ADM-01',
            channel: 'web',
            capacity: 'principal',
            serviceVersion: (await catalogueOf(tx)).find('ADM-01')?.version ?? 1,
            applicantId: person.personId,
            answers: completeAnswers['ADM-01'] ?? {},
            papers: [{ paperId: 'id-copy', documentId: person.documentId, state: 'supplied' }],
            by: { kind: 'citizen', personId: person.personId, relation: 'party' },
          },
        ),
      )
    }
  })
  return person.personId
}

/** People and requests of a town, written after the likeness of one that was filed; with their `whole` histories, or the least that lists show. */
export async function fill(
  ground: Ground,
  size: { persons: number; requests: number },
  whole: boolean,
): Promise<void> {
  const began = performance.now()
  await ground.asOwner(async client => {
    const like = await client.query<{ id: string }>('select request_id as id from request limit 1')
    await fillTown(client, {
      town: ground.town.id,
      like: like.rows[0]?.id ?? '',
      ...size,
      whole,
      desks: [
        { office: 'finance', role: 'officer', open: 30 },
        { office: 'service-centre', role: 'clerk', open: 300 },
        { office: 'planning', role: 'officer', open: 200 },
      ],
    })
    await client.query('checkpoint')
  })
  note(`a town of ${size.persons} people and ${size.requests} requests, written in ${seconds(began)} s`)
}

const seconds = (began: number) => ((performance.now() - began) / 1000).toFixed(0)

type Page = { name: string; text: string; goalMs: number }

/** What a page costs the process that answers, in CPU; nobody waits meanwhile for anything else. */
async function cost(server: Server, { name, text, goalMs }: Page, quick: boolean): Promise<void> {
  const visit = (count: number) => send({ port: server.port, connections: 4, count, next: () => text })
  await visit(1500)
  const count = quick ? 2000 : 4000
  const bare = await bareAnswer(server)
  const before = server.cpuMs()
  const done = await visit(count)
  const cpu = (server.cpuMs() - before) / done.answers
  expectOk(done.statuses, done.sample)
  tell({
    name,
    value: cpu,
    unit: 'ms CPU',
    ratio: cpu / goalMs,
    baseline: `the goal of ${goalMs} ms`,
    goal: { ratio: 1 },
    details: {
      pagesPerSecond: Math.round(done.answers / done.seconds),
      p95Ms: quantile(done.ms, 0.95),
      pages: done.answers,
      bareAnswerMs: bare,
    },
  })
}

/** CPU of an answer that does nothing: how dear this machine's own work is just now. */
async function bareAnswer(server: Server): Promise<number> {
  const text = getText(addresses.healthz.pattern, '')
  const visit = (count: number) => send({ port: server.port, connections: 4, count, next: () => text })
  await visit(500)
  const before = server.cpuMs()
  const done = await visit(3000)
  return (server.cpuMs() - before) / done.answers
}

async function inbox(server: Server, cookie: string, quick: boolean): Promise<void> {
  const text = getText(fillAddress(addresses.inbox, {}), cookie)
  const visit = (count: number) => send({ port: server.port, connections: 1, count, next: () => text })
  await visit(100)
  const done = await visit(quick ? 300 : 1000)
  expectOk(done.statuses, done.sample)
  const [p50, p95] = [quantile(done.ms, 0.5), quantile(done.ms, 0.95)]
  tell({
    name: 'inbox',
    value: p95,
    unit: 'ms p95',
    ratio: p95 / goalInboxMs,
    baseline: `the goal of ${goalInboxMs} ms`,
    goal: { ratio: 1 },
    details: {
      p50,
      p95,
      p99: quantile(done.ms, 0.99),
      pages: done.answers,
      requestsInTown: quick ? 20_000 : 100_000,
      openTasks: 30,
    },
  })
}

function expectOk(statuses: Record<number, number>, sample: string): void {
  if (Object.keys(statuses).some(status => status !== '200'))
    throw new Error(`a page answered ${JSON.stringify(statuses)}: ${sample.slice(0, 600)}`)
}

type Profile = {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[]
  samples: number[]
  timeDeltas: number[]
}

/** Where the CPU of a citizen's home goes, by a profile of another server: shares, since a profiler slows what it watches. */
async function breakdown(ground: Ground, cookie: string): Promise<void> {
  const folder = join(ground.folder, 'profile')
  const server = await startServer('serve', ground.environment, {
    nodeWords: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
  })
  const text = getText(fillAddress(addresses.my, {}), cookie)
  await send({ port: server.port, connections: 4, count: 4000, next: () => text })
  await server.stop()
  const [file] = readdirSync(folder)
  if (!file) throw new Error('the server left no profile')
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  const parts = new Map<string, number>()
  const names = new Map(profile.nodes.map(node => [node.id, partOf(node.callFrame)]))
  const half = Math.floor(profile.samples.length / 2)
  for (let at = half; at < profile.samples.length; at++) {
    const part = names.get(profile.samples[at] ?? 0) ?? 'other'
    if (part !== 'idle') parts.set(part, (parts.get(part) ?? 0) + (profile.timeDeltas[at] ?? 0))
  }
  const whole = [...parts.values()].reduce((sum, each) => sum + each, 0)
  const shares = [...parts]
    .sort((a, b) => b[1] - a[1])
    .map(([part, us]) => `${part} ${Math.round((100 * us) / whole)}%`)
  note(`citizen-home by profile: ${shares.join(', ')}`)
}

function partOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
  if (functionName === '(idle)') return 'idle'
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (functionName === '(program)') return 'native'
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  if (name === 'react' || name === 'react-dom') return 'React'
  if (name?.startsWith('pg') || name === 'kysely') return 'database client'
  if (name === 'hono' || name === '@hono/node-server') return 'Hono'
  if (name) return name
  if (url.startsWith('node:')) return 'Node'
  return url.includes('dist/main.js') ? 'our code' : 'other'
}
