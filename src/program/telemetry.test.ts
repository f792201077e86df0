import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { bundleEntry } from '../../build.mjs'
import { aCollector, type Collector } from '../../test/builders/collector.ts'
import { aHouse } from '../../test/builders/house.ts'
import { aCarrier, aMessage, anOutbox, aProvider } from '../../test/builders/messages.ts'
import { aPerson, aTown } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { openDatabase } from '../platform/database/database.ts'
import { defineJob, planJob, runDueJobs } from '../platform/jobs/index.ts'
import { projectRoot } from '../platform/root.ts'
import { openLog } from '../platform/telemetry/log.ts'
import { numbersOf, watchOf } from '../platform/telemetry/numbers.ts'
import { spanned } from '../platform/telemetry/spans.ts'
import { startTelemetry } from '../platform/telemetry/start.ts'
import type { Town } from '../web/town.ts'
import { webApp } from './web.ts'

declare module '../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'test.traced': Record<string, never>
  }
}

const db = await testDatabase()
const metrics = new Registry()
const base = aHouse(db)
const database = await openDatabase(db.url, { clock: db.clock, max: 4, watch: watchOf(metrics, 4) })
afterAll(() => database.close())
const house = { ...base, database, metrics }
let town: Town
let collector: Collector
let ask: (path: string, from: string, headers?: Record<string, string>) => Promise<Response>

beforeAll(async () => {
  town = await aTown(house)
  collector = await aCollector()
  const app = await webApp({ ...house, config: { ...house.config, trustedProxies: ['10.9.0.0/16'] } })
  ask = async (path, from, headers = {}) => {
    const incoming = { socket: { remoteAddress: from } }
    const request = new Request(`http://town.test${path}`, { headers: { host: 'town.test', ...headers } })
    return (app as (request: Request, env: unknown) => Promise<Response>)(request, { incoming })
  }
})

let stop: (() => Promise<void>) | undefined
afterEach(async () => stop?.())
/** What the work sent, once all of it has left. */
async function traced(work: () => Promise<unknown>, environment: Record<string, unknown> = {}) {
  const config = {
    ...house.config,
    telemetry: { ...house.config.telemetry, endpoint: collector.endpoint, ...environment },
  }
  const telemetry = await startTelemetry({ ...house, config: config as typeof house.config })
  stop = telemetry.stop
  const before = (await collector.spans()).length
  await work()
  await telemetry.stop()
  return (await collector.spans()).slice(before)
}

test('a request is a span under its pattern, and its transactions and statements stand under it', async () => {
  const spans = await traced(() => ask('/track/4178-2026?k=0599123456', '203.0.113.9'))
  const [asked] = spans.filter(({ kind }) => kind === 2)
  expect(asked?.facts).toMatchObject({ 'http.request.method': 'GET', 'http.response.status_code': 404 })
  const [page] = (await traced(() => ask('/', '203.0.113.9'))).filter(({ kind }) => kind === 2)
  expect(page).toMatchObject({
    name: 'GET /',
    facts: { 'http.route': '/', 'http.response.status_code': 200 },
  })
  const under = (await collector.spans()).filter(({ traceId }) => traceId === page?.traceId)
  const transaction = under.find(({ name }) => name === 'transaction read')
  expect(transaction?.parentSpanId).toBe(page?.spanId)
  expect(
    under.filter(({ parentSpanId }) => parentSpanId === transaction?.spanId).map(({ name }) => name),
  ).toContainEqual(expect.stringMatching(/^select [a-z_]+$/))
})

test('a trace goes on from a proxy that is believed, and from nobody else', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const of = async (from: string, said = traceparent) =>
    (await traced(() => ask('/', from, { traceparent: said }))).find(({ kind }) => kind === 2)
  for (const proxy of ['127.0.0.1', '10.9.3.4', '::ffff:10.9.3.4'])
    expect(await of(proxy)).toMatchObject({
      traceId: traceparent.slice(3, 35),
      parentSpanId: 'b7ad6b7169203331',
    })
  for (const stranger of ['203.0.113.9', '10.8.0.1', '']) {
    const span = await of(stranger)
    expect(span?.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(span?.traceId).not.toBe(traceparent.slice(3, 35))
  }
  for (const wrong of ['', 'x', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, `${traceparent}-more`])
    expect((await of('127.0.0.1', wrong))?.parentSpanId || undefined).toBeUndefined()
})

test('a job belongs to the trace of the request that planned it', async () => {
  const job = defineJob(
    'test.traced',
    z.object({}),
    async (where, id) =>
      void (await where.database.read(id, async tx =>
        tx.q.selectFrom('request').select('request_id').execute(),
      )),
  )
  const spans = await traced(async () => {
    await spanned('asked', 'GET /x', {}, () =>
      house.database.write(town.id, tx => planJob(tx, 'test.traced', {})),
    )
    await runDueJobs({ house, jobs: [job], url: db.ownerUrl, towns: async () => [town.id] })
  })
  const asked = spans.find(({ name }) => name === 'GET /x')
  const done = spans.find(({ name }) => name === 'job test.traced')
  const written = spans.find(({ name }) => name === 'transaction write')
  expect(written?.parentSpanId).toBe(asked?.spanId)
  expect(done).toMatchObject({ traceId: asked?.traceId, parentSpanId: written?.spanId })
  expect(spans.find(({ name }) => name === 'select request')?.traceId).toBe(asked?.traceId)
})

test('what fails says the class of its error and none of its words', async () => {
  const spans = await traced(() =>
    spanned('job', 'job x', {}, () => Promise.reject(new RangeError('ليلى قطب 904567123'))).catch(() => {}),
  )
  expect(spans).toMatchObject([{ facts: { 'error.type': 'RangeError' } }])
  expect(spans[0]?.told).not.toMatch(/ليلى|904567123/)
})

test('a message handed over is a span of its own, and what became of it is counted', async () => {
  const place = { house, town: town.id }
  const { name } = await aProvider(place)
  const { id: personId } = await aPerson(place)
  await aMessage(place, { personId })
  const outbox = anOutbox(house, { [name]: aCarrier() })
  const spans = await traced(async () => {
    await outbox.sendDue([town])
    await outbox.close()
  })
  expect(spans.find(each => each.name === 'message handed over')?.facts).toMatchObject({
    'shubbak.channel': 'sms',
    'shubbak.outcome': 'accepted',
  })
  const { values } = await numbersOf(metrics).messages.get()
  expect(values).toContainEqual({ labels: { channel: 'sms', lane: 1, state: 'sent' }, value: 1 })
})

test('figures leave under the names and with the numbers that Prometheus reads', async () => {
  await traced(() => ask('/', '203.0.113.9'))
  const text = await metrics.metrics()
  const requests = await collector.points('shubbak_http_requests_total')
  const home = requests.find(({ facts }) => facts.route === '/')
  expect(text).toContain(`shubbak_http_requests_total{method="GET",route="/",status="200"} ${home?.value}`)
  const seconds = (await collector.points('shubbak_http_request_duration_seconds')).find(
    ({ facts }) => facts.route === '/',
  )
  expect(text).toContain(`shubbak_http_request_duration_seconds_count{route="/"} ${seconds?.count}`)
  expect((await collector.points('shubbak_transactions_total')).map(({ facts }) => facts.mode)).toContain(
    'read',
  )
})

test('headers go to the collector, and a share of requests is traced where one is named', async () => {
  const spans = await traced(() => Promise.all([1, 2, 3, 4].map(() => ask('/', '203.0.113.9'))), {
    headers: { 'x-key': 'of the operator' },
    sample: 0,
  })
  expect(spans).toEqual([])
  expect((await collector.headers()).at(-1)).toMatchObject({ 'x-key': 'of the operator' })
})

test('a collector that is away holds nobody up, and is said once', async () => {
  const lines: string[] = []
  const log = openLog('warn', { write: line => void lines.push(line) })
  const telemetry = { ...house.config.telemetry, endpoint: 'http://127.0.0.1:9' }
  const away = await startTelemetry({ ...house, log, config: { ...house.config, telemetry } })
  expect((await ask('/', '203.0.113.9')).status).toBe(200)
  await away.stop()
  expect(lines.filter(line => line.includes('collector'))).toHaveLength(1)
  expect(lines.join('')).not.toMatch(/127\.0\.0\.1:9/)
})

test('nothing of OpenTelemetry is loaded with the program', async () => {
  const bundle = join(projectRoot, 'dist', 'run', `telemetry-test-${process.pid}.js`)
  await bundleEntry(join(projectRoot, 'src/main.ts'), bundle)
  const text = readFileSync(bundle, 'utf8')
  for (const file of [bundle, `${bundle}.map`]) rmSync(file)
  expect(text).toMatch(/import\("@opentelemetry\/sdk-trace"\)/)
  expect(text).not.toMatch(/from "@opentelemetry/)
})
