import { describe, expect, test } from 'vitest'
import { aPdf } from '../../../test/builders/files.ts'
import { type Answer, aProgram, api, scopes } from '../../../test/builders/program.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses } from '../../lib/addresses.ts'
import { apiRoutes, endpoints } from './index.ts'
import { describe as documentOf } from './openapi.ts'
import { problemShape } from './shapes.ts'

const db = await testDatabase()
const { door, person, addKey, ask, send, aPaper, filing, aRequest, lookUp, pay, counts } = await aProgram(db)

/** A real call of each endpoint, by method and pattern. */
const calls: Record<string, () => Promise<Answer>> = {
  'get /api/v1/services': () => ask(api('/services?q=سكن')),
  'get /api/v1/services/:code': () => ask(api('/services/ELE-01')),
  'post /api/v1/files': () => {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(aPdf())], 'هوية.pdf'))
    return send(form)
  },
  'post /api/v1/requests': async () => ask(api('/requests'), filing(await aPaper())),
  'get /api/v1/requests': async () => {
    await aRequest()
    return ask(api('/requests?limit=1&state=awaiting-fee&service=ADM-01&updatedSince=2026-01-01T00:00:00Z'))
  },
  'get /api/v1/requests/:id': async () => ask(api(`/requests/${(await aRequest()).id}`)),
  'post /api/v1/requests/:id/actions': async () =>
    ask(api(`/requests/${(await aRequest()).id}/actions`), { act: 'withdraw' }),
  'post /api/v1/people/lookup': lookUp,
  'get /api/v1/people/:person/dues': async () => {
    await aRequest()
    await lookUp()
    return ask(api(`/people/${person.id}/dues`))
  },
  'get /api/v1/people/:person/usages': async () => {
    await lookUp()
    return ask(api(`/people/${person.id}/usages?limit=5`))
  },
  'post /api/v1/payments': async () => pay(await aRequest()),
  'get /api/v1/receipts/:number': async () => {
    const { json } = await pay(await aRequest())
    return ask(api(`/receipts/${encodeURIComponent(String(json.number))}`))
  },
  'get /api/v1/messages': async () => ask(api(`/messages?request=${(await aRequest()).id}`)),
  'get /api/v1/tasks': async () => {
    await pay(await aRequest())
    return ask(api('/tasks?limit=1'))
  },
}

const nameOf = ({ method, address }: (typeof endpoints)[number]) => `${method} ${address.pattern}`

describe('every endpoint', () => {
  test('of the document has a route and a call in this test', () => {
    const document = documentOf(endpoints)
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(documented.sort()).toEqual(Object.keys(calls).sort())
    const routes = apiRoutes.map(each => `${each.method} ${each.address.pattern}`)
    expect(routes.sort()).toEqual([...documented, `get ${addresses.openApi.pattern}`].sort())
  })

  test.each(endpoints.map(each => [nameOf(each), each] as const))(
    '%s answers what it says',
    async (name, each) => {
      const answer = await calls[name]?.()
      expect(answer?.json).not.toHaveProperty('code', 'invalid-input')
      expect(answer?.status).toBe(each.status ?? 200)
      const read = each.answer.safeParse(answer?.json)
      expect(read.error?.issues).toBeUndefined()
      expect(answer?.headers.get('ratelimit-policy')).toMatch(/^"\w+";q=\d+;w=60$/)
      expect(answer?.headers.get('ratelimit')).toMatch(/^"\w+";r=\d+;t=\d+$/)
      expect(JSON.stringify(answer?.json)).not.toContain(person.idNumber)
    },
  )

  test.each(endpoints.filter(each => each.body).map(each => [nameOf(each), each] as const))(
    '%s refuses a body that does not parse, and writes nothing',
    async (_, each) => {
      const path = each.address.pattern.replace(':id', person.id)
      const before = await counts()
      for (const [body, code] of [
        ['{', 'bad-json'],
        ['[]', 'invalid-input'],
        [{ surplus: 1 }, 'invalid-input'],
        ['{"a":"\\u0000"}', 'invalid-input'],
        ['{"a":"\\ud800"}', 'invalid-input'],
      ] as const) {
        const { status, headers, json } = await ask(path, body)
        expect([status, json.code]).toEqual([400, code])
        expect(headers.get('content-type')).toContain('application/problem+json')
        expect(problemShape.safeParse(json).error).toBeUndefined()
        if (code === 'invalid-input') expect(json.faults).not.toEqual([])
      }
      expect(await counts()).toEqual(before)
    },
  )

  test.each(endpoints.map(each => [nameOf(each), each] as const))(
    '%s asks for a key with its scope',
    async (_, each) => {
      const poor = await addKey(
        'poor',
        scopes.filter(scope => scope !== each.scope),
      )
      const path = each.address.pattern.replace(/:\w+/g, person.id)
      const body = each.method === 'post' ? {} : undefined
      expect(await ask(path, body, { as: 'nobody' })).toMatchObject({
        status: 401,
        json: { code: 'api-key-missing' },
      })
      expect(await ask(path, body, { as: poor })).toMatchObject({
        status: 403,
        json: { code: 'scope-missing' },
      })
    },
  )
})

describe('the document', () => {
  test('is OpenAPI 3.1, with every part it refers to', async () => {
    const answer = await door.knock(api('/openapi.json'))
    const text = await answer.text()
    const document = JSON.parse(text) as {
      openapi: string
      components: { schemas: object }
      servers: unknown[]
    }
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toHaveLength(1)
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(named).toContain('Money')
    expect(named.filter(name => !Object.keys(document.components.schemas).includes(name ?? ''))).toEqual([])
    expect(text).not.toContain('$defs')
  })

  test('says each status an operation may answer with, and leaves none to guess', () => {
    for (const methods of Object.values(documentOf(endpoints).paths))
      for (const [method, operation] of Object.entries(methods)) {
        const { responses } = operation as { responses: Record<string, unknown> }
        const refusals = method === 'post' ? [400, 401, 403, 404, 409, 413] : [400, 401, 403, 404]
        const said = Object.keys(responses).map(Number)
        expect(said.filter(status => status >= 400)).toEqual([...refusals, 429, 500, 503])
        expect(said.filter(status => status < 400)).toHaveLength(1)
      }
  })
})
