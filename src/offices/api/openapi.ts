import { z } from 'zod'
import { addresses } from '../../lib/addresses.ts'
import { publicUrl } from '../../web/call.ts'
import { everyone, nothing, type Route, route } from '../../web/route.ts'
import type { Endpoint } from './endpoint.ts'
import { problemShape } from './shapes.ts'

type Schema = Record<string, unknown>
type Components = Record<string, Schema>

/** The OpenAPI 3.1 document, made from the schemas that read and answer. */
export function openApiRoute(endpoints: readonly Endpoint[]): Route {
  const document = describe(endpoints)
  return route({
    method: 'get',
    address: addresses.openApi,
    access: everyone('says how to ask, and answers nothing'),
    audit: nothing('the document is public'),
    handle: call => {
      const servers = [{ url: publicUrl(call, addresses.front).replace(/\/$/, '') }]
      return new Response(JSON.stringify({ ...document, servers }), {
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'public, max-age=300',
        },
      })
    },
  })
}

/** The document without the address it is served at. */
export function describe(endpoints: readonly Endpoint[]) {
  const components: Components = {}
  const paths: Record<string, Record<string, unknown>> = {}
  for (const each of endpoints) {
    const path = pathOf(each)
    paths[path] = { ...paths[path], [each.method]: operation(each, components) }
  }
  schemaOf(problemShape, 'output', components)
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Shubbak', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ key: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'Scopes are named by each operation.' },
      },
      responses: {
        Problem: {
          description: 'Why not: a stable code, a title in Arabic, and where the body is wrong',
          headers: rateHeaders,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

const pathOf = ({ address }: Pick<Endpoint, 'address'>): string => address.pattern.replace(/:(\w+)/g, '{$1}')

const text = { schema: { type: 'string' } }
const rateHeaders = { 'RateLimit-Policy': text, RateLimit: text }

function operation(of: Endpoint, components: Components) {
  const { method, address, scope, summary, description, answer, status = 200, body, rawBody } = of
  const json = (schema: Schema) => ({ 'application/json': { schema } })
  return {
    operationId: `${method}${address.pattern.replace(/^.*v1/, '').replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(description && { description }),
    'x-scope': scope,
    parameters: [...pathParameters(of), ...queryParameters(of, components), ...headerParameters(of)],
    ...(body && { requestBody: { required: true, content: json(schemaOf(body, 'input', components)) } }),
    ...(rawBody && { requestBody: fileBody(rawBody) }),
    responses: {
      [status]: {
        description: summary,
        headers: rateHeaders,
        content: json(schemaOf(answer, 'output', components)),
      },
      ...Object.fromEntries(refusalsOf(of).map(each => [each, { $ref: '#/components/responses/Problem' }])),
    },
  }
}

/**
 * With what an operation refuses: each of them what does not read and who may not, what acts the state of things, what takes a body its size;
 * last what is ours, and what is away just now.
 */
const refusalsOf = ({ method }: Endpoint): number[] => [
  400,
  401,
  403,
  404,
  ...(method === 'post' ? [409, 413] : []),
  429,
  500,
  503,
]

const fileBody = ({ type, description }: NonNullable<Endpoint['rawBody']>) => ({
  required: true,
  description,
  content: {
    [type]: {},
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary' } },
        required: ['file'],
      },
    },
  },
})

function pathParameters({ address }: Endpoint) {
  return [...address.pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const schema =
      name === 'id' || name === 'person' ? { type: 'string', format: 'uuid' } : { type: 'string' }
    return { name, in: 'path', required: true, schema }
  })
}

function queryParameters({ query }: Endpoint, components: Components) {
  if (!query) return []
  const schema = schemaOf(query, 'input', components) as { properties?: Components; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: rest,
    ...(description !== undefined && { description }),
  }))
}

function headerParameters({ idempotent }: Endpoint) {
  if (!idempotent) return []
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: idempotent === 'required',
      description: 'The same key with the same body gives the first answer again.',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,128}$' },
    },
  ]
}

/** A schema with its named parts moved to the components. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output', components: Components): Schema {
  const {
    $schema: _,
    $defs,
    ...schema
  } = z.toJSONSchema(shape, {
    io,
    override: ({ jsonSchema }) => {
      // The format says it; the pattern of a calendar fills half a page.
      if (jsonSchema.format) delete jsonSchema.pattern
      // Answers may gain members: who reads them passes over what it does not know.
      if (io === 'output' && jsonSchema.type === 'object' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties
    },
  })
  const moved = (value: unknown): Schema =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as Schema
  for (const [name, part] of Object.entries($defs ?? {})) components[name] = moved(part)
  const { id, ...rest } = moved(schema) as Schema & { id?: string }
  if (id === undefined) return rest
  components[id] = rest
  return { $ref: `#/components/schemas/${id}` }
}
