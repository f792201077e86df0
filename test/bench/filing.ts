import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { filingBody, filingPath, type Ground, layGround } from './ground.ts'
import { type Done, postText, send } from './http.ts'
import type { Mode } from './parts.ts'
import { pgbench, type Scripts, saveScript, scriptsLike } from './pgbench.ts'
import { median, note, tell } from './report.ts'
import { type Server, startServer } from './server.ts'

const clients = 16

export type LoadOrder = {
  port: number
  connections: number
  /** Ends after so many seconds, or so many filings. */
  seconds?: number
  count?: number
  key: string
  people: Ground['people']
}

/** The process that files over HTTP: told what by its parent, tells what came of it. */
export async function fileOnOrder(): Promise<void> {
  const [order] = (await once(process, 'message')) as [LoadOrder]
  const { key, people, ...rest } = order
  let made = 0
  const next = () => {
    const person = people[made % people.length] ?? people[0]
    made += 1
    if (!person) throw new Error('nobody to file for')
    return postText(filingPath, key, randomUUID(), filingBody(person, String(made)))
  }
  const done = await send({ ...rest, next })
  process.send?.({ ...done, ms: [] })
  process.disconnect()
}

/** Files from a process of its own; anything but filings answered is an error. */
export async function fileOverHttp(order: LoadOrder): Promise<Done> {
  const child = fork(process.argv[1] ?? '', ['file-on-order'], { stdio: 'inherit' })
  child.send(order)
  const [done] = (await once(child, 'message')) as [Done]
  const bad = Object.keys(done.statuses).filter(status => status !== '201')
  if (bad.length > 0) throw new Error(`filing answered ${JSON.stringify(done.statuses)}: ${done.sample}`)
  return done
}

type Round = { statements: number; single: number; http: number }

/** Requests filed a second through the API, against the same rows written by pgbench: A B A C, again and again in one run. */
export async function benchFiling(mode: Mode): Promise<void> {
  for (const fee of mode === 'large' ? [true, false] : [true]) await benchOne(mode === 'quick', fee)
}

async function benchOne(quick: boolean, fee: boolean): Promise<void> {
  const ground = await layGround({ fee })
  try {
    const server = await startServer('serve', ground.environment)
    try {
      await measure(ground, server, fee, quick)
    } finally {
      await server.stop()
    }
  } finally {
    ground.clear()
  }
}

async function measure(ground: Ground, server: Server, fee: boolean, quick: boolean): Promise<void> {
  const name = fee ? 'filing' : 'filing-free-of-charge'
  const seconds = quick ? 4 : 8
  const rounds = quick ? 2 : 4
  const order = { port: server.port, connections: clients, key: ground.apiKey, people: ground.people }
  // Everybody files once before: accounts are open, statements known, code compiled. Then the tables are counted, as the database does by
  // itself within minutes: plans made for a town of no rows say nothing of one at work.
  await fileOverHttp({ ...order, count: 2 * ground.people.length })
  await ground.asOwner(client => client.query('analyze'))
  const scripts = await scriptsOf(ground, server)
  note(`one ${name} is ${scripts.rows} rows in ${scripts.tables} tables`)
  const url = await ground.inHouse(async house => house.server.url)
  const paths = {
    statements: saveScript(ground.folder, 'statements', scripts.statements),
    single: saveScript(ground.folder, 'single', scripts.single),
  }
  const run = (script: string, time: number) =>
    pgbench({ url, town: ground.town.id, clients, seconds: time, script })
  const checkpoint = () => ground.asOwner(client => client.query('checkpoint'))
  await run(paths.statements, 1)
  await run(paths.single, 1)

  const measured: Round[] = []
  const http: number[] = []
  let cpu = 0
  let filed = 0
  const overHttp = async () => {
    await checkpoint()
    const before = server.cpuMs()
    const done = await fileOverHttp({ ...order, seconds })
    cpu += server.cpuMs() - before
    filed += done.answers
    http.push(done.answers / done.seconds)
    return done.answers / done.seconds
  }
  for (let round = 1; round <= rounds; round++) {
    await checkpoint()
    const statements = await run(paths.statements, seconds)
    const first = await overHttp()
    await checkpoint()
    const single = await run(paths.single, seconds)
    const second = await overHttp()
    measured.push({ statements, single, http: (first + second) / 2 })
    note(
      `round ${round}: pgbench ${statements.toFixed(0)} by statements, ${single.toFixed(0)} as one; HTTP ${first.toFixed(0)}, ${second.toFixed(0)}`,
    )
  }
  const value = median(http)
  const details = {
    rounds: measured,
    rows: scripts.rows,
    tables: scripts.tables,
    serverCpuMsEach: Number((cpu / filed).toFixed(3)),
    clients,
  }
  const against = (kind: 'statements' | 'single') => median(measured.map(each => each.http / each[kind]))
  tell({
    name,
    value,
    unit: 'requests/s',
    ratio: against('statements'),
    baseline: 'pgbench, a statement for each row',
    goal: { ratio: 1, least: true },
    details,
    rounds: http,
  })
  tell({
    name: `${name}-against-one-statement`,
    value,
    unit: 'requests/s',
    ratio: against('single'),
    baseline: 'pgbench, all rows in one statement',
    goal: { ratio: 0.55, least: true },
  })
}

/** One filing of somebody who has filed before, as scripts. */
async function scriptsOf(ground: Ground, server: Server): Promise<Scripts> {
  const [person] = ground.people
  if (!person) throw new Error('nobody to file for')
  const next = () => postText(filingPath, ground.apiKey, randomUUID(), filingBody(person))
  const { sample } = await send({ port: server.port, connections: 1, count: 1, next })
  const body = sample.slice(sample.indexOf('\r\n\r\n') + 4)
  const { id } = JSON.parse(body.startsWith('{') ? body : body.slice(body.indexOf('{'))) as { id: string }
  const constant = [ground.town.id, ground.keyId, ...Object.values(ground.staff).map(each => each.id)]
  return ground.asOwner(async client => {
    const { rows } = await client.query<{ person: string; account: string }>(
      'select object_id::text as person, account_id::text as account from account',
    )
    const accounts = new Map(rows.map(row => [row.person, row.account]))
    const varying = [
      ground.people.map(each => each.personId),
      ground.people.map(each => each.documentId),
      ...(accounts.size > 0 ? [ground.people.map(each => accounts.get(each.personId) ?? each.personId)] : []),
    ]
    return scriptsLike(client, id, constant, varying)
  })
}
