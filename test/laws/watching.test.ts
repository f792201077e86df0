import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allFigures } from '../../src/figures.ts'
import { readFigures } from '../../src/platform/telemetry/figures.ts'
import { openLog } from '../../src/platform/telemetry/log.ts'
import { createMetrics } from '../../src/platform/telemetry/metrics.ts'
import { numbersOf } from '../../src/platform/telemetry/numbers.ts'
import { aHouse } from '../builders/house.ts'
import { aTown } from '../builders/people.ts'
import { testDatabase } from '../database.ts'
import { deep, documents, found, read } from './deploy-files.ts'

const db = await testDatabase()
const troubles: string[] = []
const log = openLog('warn', { write: line => void troubles.push(line) })
// A database that follows none is not behind.
const house = { ...aHouse(db, { DATABASE_REPLICA_URL: db.url }), metrics: createMetrics(), log }
afterAll(() => house.metrics.clear())
/** Of Prometheus itself, and of its exporter that asks public addresses. */
const ofOthers = ['up', 'probe_ssl_earliest_cert_expiry']

/** Every name under which the program tells a figure, and the labels it tells it with. */
let told: Map<string, readonly string[]>

beforeAll(async () => {
  const town = await aTown(house)
  numbersOf(house.metrics)
  const reader = readFigures(house, allFigures, async () => [town])
  await reader.readNow()
  await reader.stop()
  told = new Map(
    house.metrics.getMetricsAsArray().flatMap(metric => {
      const {
        name,
        type,
        labelNames = [],
      } = metric as unknown as { name: string; type: unknown; labelNames?: string[] }
      const names =
        String(type) === 'histogram' ? ['_bucket', '_sum', '_count'].map(end => name + end) : [name]
      return names.map(each => [each, labelNames] as const)
    }),
  )
})

/** What of an expression no process tells: names of figures, and labels they do not have. */
function unknown(expression: string): string[] {
  const figures = [...expression.matchAll(/\b(shubbak_\w+)(?:\{([^}]*)\})?/g)]
  const wrongNames = figures.flatMap(([, name = '']) => (told.has(name) ? [] : [name]))
  const labels = figures.flatMap(([, name = '', within = '']) =>
    [...within.matchAll(/(\w+)\s*[=!]/g)].flatMap(([, label = '']) =>
      told.get(name)?.includes(label) || label === 'job' ? [] : [`${name}{${label}}`],
    ),
  )
  return [...wrongNames, ...labels]
}

type Rule = { alert: string; expr: string; annotations: { summary: string; runbook: string } }

describe('what is watched', () => {
  const rules = deep(documents('deploy/alerts.yaml'), 'rules').flat() as Rule[]
  const dashboard = JSON.parse(read('deploy/dashboard.json'))

  test('by alerts is told by the program, and leads to a page that says what to do', () => {
    expect(rules.length).toBeGreaterThan(18)
    for (const { alert, expr, annotations } of rules) {
      expect(unknown(expr), alert).toEqual([])
      expect(/shubbak_\w+/.test(expr) || ofOthers.some(name => expr.includes(name)), alert).toBe(true)
      expect(found(`docs/runbooks/${annotations.runbook}`), alert).toHaveLength(1)
      expect(annotations.summary).toMatch(/[\u0600-\u06ff].* · \w/)
    }
  })

  test('on the dashboard is told by the program', () => {
    const expressions = deep(dashboard, 'expr') as string[]
    expect(expressions.length).toBeGreaterThan(30)
    for (const expression of expressions) expect(unknown(expression), expression).toEqual([])
    expect(unknown(dashboard.templating.list[1].query)).toEqual([])
  })

  test('would not pass under a name or a label that there is not', () => {
    expect(unknown('rate(shubbak_http_request_total[5m])')).toEqual(['shubbak_http_request_total'])
    expect(unknown('shubbak_seal_size{twon="x"}')).toEqual(['shubbak_seal_size{twon}'])
  })

  test('and shown in full: every figure read now and then stands on the dashboard or in an alert', () => {
    const text = read('deploy/alerts.yaml') + read('deploy/dashboard.json')
    const read_ = allFigures.flatMap(({ tells }) => Object.keys(tells)).map(name => `shubbak_${name}`)
    expect(read_.filter(name => !text.includes(name))).toEqual([])
  })
})

test('a town’s figures are read under its short name, and every part is read', async () => {
  const text = await house.metrics.metrics()
  expect(troubles).toEqual([])
  expect(text).toMatch(/shubbak_seal_size\{town="[a-z0-9-]+"\} 0/)
  expect(text).toMatch(/shubbak_message_oldest_due_seconds\{town="[a-z0-9-]+",channel="sms",lane="0"\} 0/)
  expect(text).toMatch(/shubbak_disk_free_bytes\{folder="data"\} \d+/)
  expect(text).toMatch(/shubbak_database_bytes \d+/)
  expect(text).toMatch(/shubbak_replica_lag_seconds 0/)
})
