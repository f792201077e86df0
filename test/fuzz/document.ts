import { z } from 'zod'
import { completeAnswers } from '../builders/requests.ts'
import type { Base, Input } from './input.ts'
import type { World } from './world.ts'

type Schema = { [key: string]: unknown }
type Answer = { $ref?: string; content?: Record<string, { schema?: Schema }> }
type Operation = {
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
  responses: Record<string, Answer>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Answer> }
}

/** What the document of the API says: what a program may send, and what it may be answered. */
export type Documented = {
  bases: Base[]
  /** What is wrong with an answer by the document. */
  faultsOf(input: Input, status: number, type: string, text: string): string[]
}

/** Reads the document the program serves. */
export function readDocument(text: string, world: Pick<World, 'program'>): Documented {
  const document = JSON.parse(text) as Document
  const patternOf = (path: string) => path.replace(/\{(\w+)\}/g, ':$1')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, of]) => ({ method, route: patternOf(path), of })),
  )
  const shapes = new Map<string, z.ZodType>()
  const shapeOf = (schema: Schema): z.ZodType => {
    const key = JSON.stringify(schema)
    const $defs = document.components.schemas
    const whole = JSON.stringify({ ...schema, $defs }).replaceAll('#/components/schemas/', '#/$defs/')
    const made = shapes.get(key) ?? z.fromJSONSchema(JSON.parse(whole))
    shapes.set(key, made)
    return made
  }
  const answerOf = (answer: Answer): Answer =>
    answer.$ref ? (document.components.responses[answer.$ref.split('/').at(-1) ?? ''] ?? {}) : answer

  function faultsOf({ method, route }: Input, status: number, type: string, body: string): string[] {
    const operation = operations.find(each => each.method === method && each.route === route)
    // The document itself is no operation of its own, and an address beside all of them is answered as a problem.
    if (!operation)
      return status === 200 || status === 404 || status === 400
        ? []
        : [`answers ${status}, which nothing says`]
    const said = operation.of.responses[status] ?? operation.of.responses.default
    if (!said) return [`answers ${status}, which the document does not say`]
    const content = answerOf(said).content ?? {}
    const [name = '', media] = Object.entries(content).find(([each]) => type.startsWith(each)) ?? []
    if (!media)
      return [`answers ${status} as ${type || 'nothing'}, the document says ${Object.keys(content)}`]
    if (!media.schema) return []
    const read = shapeOf(media.schema).safeParse(JSON.parse(body))
    if (read.success) return []
    const [issue] = read.error.issues
    return [
      `answers ${status} ${name} otherwise than the document: ${issue?.path.join('.')} ${issue?.message}`,
    ]
  }

  return {
    faultsOf,
    bases: operations.flatMap(({ method, route, of }) => basesOf(method, route, of, document, world)),
  }
}

function basesOf(
  method: string,
  route: string,
  of: Operation,
  document: Document,
  { program }: Pick<World, 'program'>,
): Base[] {
  const values: Record<string, unknown> = {
    applicant: program.applicant,
    person: program.applicant,
    document: program.document,
    charge: program.charge,
    service: 'ADM-01',
    code: 'ADM-01',
    capacity: 'principal',
    answers: completeAnswers['ADM-01'],
    paper: 'id-copy',
    id: program.request,
    request: program.request,
    idNumber: program.idNumber,
    cause: 'دفع ذمة في مكتب البريد',
    number: 'API-1%2F2026',
    currency: 'ILS',
    amount: '1.00',
    name: 'سامي النجار',
    act: 'withdraw',
    limit: '5',
  }
  const sample = (schema: Schema, name: string, depth = 0): unknown => {
    if (name in values) return values[name]
    if (typeof schema.$ref === 'string')
      return sample(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, name, depth)
    if ('default' in schema && schema.type !== 'array') return schema.default
    if (Array.isArray(schema.enum)) return schema.enum[0]
    const [one] = [schema.anyOf ?? schema.oneOf ?? []].flat() as Schema[]
    if (one) return sample(one, name, depth)
    if (schema.type === 'object' && depth < 6)
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([key, each]) => [
          key,
          sample(each, key, depth + 1),
        ]),
      )
    if (schema.type === 'array') return [sample((schema.items ?? {}) as Schema, '', depth + 1)]
    if (schema.type === 'integer' || schema.type === 'number') return 1
    if (schema.type === 'boolean') return true
    if (schema.format === 'date-time') return '2026-01-01T00:00:00Z'
    if (schema.format === 'date') return '2026-01-01'
    return 'كلمات كافية'
  }
  const path = route.replace(/:(\w+)/g, (_, name: string) => String(values[name] ?? 'x'))
  const query = of.parameters
    .filter(each => each.in === 'query')
    .map(({ name, schema }): [string, string] => [name, String(sample(schema, name))])
  const base: Base = { who: 'program', method, route, path, query }
  const content = of.requestBody?.content
  const json = content?.['application/json']?.schema
  if (json) {
    const body = sample(json, '') as Record<string, unknown>
    // Only what an act of this kind takes: `version` of a service and whoever stands behind an agent are left to be added.
    const { principal, version, ...plain } = body
    return [
      { ...base, json: plain },
      { ...base, json: body },
    ]
  }
  if (content) return [{ ...base, files: ['file'], fields: [] }]
  return [base, { ...base, query: [] }]
}
