import { describe, expect, test } from 'vitest'
import { healthRoutes } from './health.ts'
import { openLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createReadiness } from './readiness.ts'

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = []
  write(openLog('info', { write: line => void lines.push(line) }))
  return lines.join('')
}

describe('the log', () => {
  test('hides what could tell who somebody is or let anyone in', () => {
    const lines = logged(log => {
      log.info(
        { phone: '0599123456', person: { nationalId: '904567123' }, headers: { cookie: 'c=1' } },
        'seen',
      )
      log.info('called 0599123456 and +970599123456 for 904567123, ٩٠٤٥٦٧١٢٣')
      log.error({ err: new Error('duplicate key (904567123)') }, 'failed')
    })
    expect(lines).not.toMatch(/599123456|904567123|٩٠٤٥٦٧١٢٣|c=1/)
    expect(lines).toContain('duplicate key')
  })

  test('keeps what it needs: ids of rows, instants, short numbers', () => {
    const id = '01890000-0000-7000-8000-000000000001'
    const lines = logged(log => log.info({ request: id }, `request ${id} took 12345 ms`))
    expect(lines).toContain(`request ${id} took 12345 ms`)
  })
})

describe('signs of life', () => {
  const token = 'a-token-of-the-operator'
  const metrics = createMetrics()
  const ask = (readiness: ReturnType<typeof createReadiness>, path: string, headers = {}) =>
    healthRoutes(readiness, metrics, token).request(path, { headers })

  test('ready when every part answers', async () => {
    const readiness = createReadiness()
    readiness.add('database', async () => {})
    const answer = await ask(readiness, '/readyz')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ ready: true, missing: [] })
  })

  test('names the parts that fail, and those that keep it waiting', async () => {
    const readiness = createReadiness(20)
    readiness.add('database', () => Promise.reject(new Error('gone')))
    readiness.add('jobs', () => new Promise(() => {}))
    readiness.add('files', async () => {})
    const answer = await ask(readiness, '/readyz')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ ready: false, missing: ['database', 'jobs'] })
    expect((await ask(readiness, '/healthz')).status).toBe(200)
  })

  test('numbers are for who carries the token', async () => {
    const readiness = createReadiness()
    expect((await ask(readiness, '/metrics')).status).toBe(404)
    expect((await ask(readiness, '/metrics', { authorization: 'Bearer wrong' })).status).toBe(404)
    const answer = await ask(readiness, '/metrics', { authorization: `Bearer ${token}` })
    expect(await answer.text()).toContain('shubbak_process_cpu')
    expect((await healthRoutes(readiness, metrics, undefined).request('/metrics')).status).toBe(404)
  })
})
