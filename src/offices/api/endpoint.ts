import type { z } from 'zod'
import type { Address } from '../../lib/addresses.ts'
import { BadRequest, DomainError, InvalidInput } from '../../lib/errors.ts'
import { isId } from '../../lib/ids.ts'
import { noteBudget } from '../../web/budget.ts'
import type { Call } from '../../web/call.ts'
import { problem, tooManyRequests } from '../../web/problem.ts'
import { type Audit, partner, type Route, route } from '../../web/route.ts'
import { parseJson, parseShape } from './faults.ts'
import { openLimits, type Policy, policies } from './limits.ts'

type Shape = z.ZodType

/** An endpoint as declared: its route, what it reads and answers, and what the document says of it. */
export type EndpointInput<Query extends Shape, Body extends Shape, Answer extends Shape> = {
  method: 'get' | 'post'
  address: Address
  /** The scope a key must carry. */
  scope: string
  audit: Audit
  summary: string
  description?: string
  query?: Query
  body?: Body
  /** Reads the body itself: a file. */
  rawBody?: { type: string; description: string }
  answer: Answer
  /** Status of success; 200 unless said. */
  status?: 200 | 201
  policy?: Policy
  /** What opens rows beyond the program’s own filings, and why. */
  house?: string
  /** Whether the answer to a repeated `Idempotency-Key` is kept, and whether there must be one. */
  idempotent?: 'kept' | 'required'
  handle: (call: Call, input: Input<Query, Body>) => Promise<z.input<Answer> | Response>
}

export type Input<Query extends Shape = Shape, Body extends Shape = Shape> = {
  query: z.output<Query>
  body: z.output<Body>
}

export type Endpoint = Omit<EndpointInput<Shape, Shape, Shape>, 'handle'> & { route: Route }

const bodyBytes = 1024 * 1024
const takeTurn = openLimits(() => performance.now())

/** One declaration gives the route, the parser of what is sent, and the page of the document. */
export function endpoint<Query extends Shape, Body extends Shape, Answer extends Shape>(
  input: EndpointInput<Query, Body, Answer>,
): Endpoint {
  const { handle, ...rest } = input
  return {
    ...rest,
    route: route({
      method: input.method,
      address: input.address,
      access: partner(input.scope, input.house === undefined ? undefined : { house: input.house }),
      audit: input.audit,
      bodyLimit: bodyBytes,
      rawBody: input.rawBody !== undefined,
      handle: call => answer(call, input),
    }),
  }
}

async function answer<Query extends Shape, Body extends Shape, Answer extends Shape>(
  call: Call,
  of: EndpointInput<Query, Body, Answer>,
): Promise<Response> {
  const { actor } = call.visitor
  const turn = takeTurn(
    `${call.town.id} ${actor.kind === 'partner' ? actor.keyId : ''}`,
    of.policy ?? policies.usual,
  )
  if (turn.usedUp) noteBudget(call, `api-${(of.policy ?? policies.usual).name}`)
  const response = turn.allowed ? await run(call, of) : tooManyRequests()
  for (const [name, value] of Object.entries(turn.headers)) response.headers.set(name, value)
  response.headers.set('cache-control', 'no-store')
  return response
}

/** Refusals are worded here, so that they too carry what every answer does; what is ours to mend goes on to the door, which logs it. */
async function run<Query extends Shape, Body extends Shape, Answer extends Shape>(
  call: Call,
  of: EndpointInput<Query, Body, Answer>,
): Promise<Response> {
  try {
    const done = await of.handle(call, readInput(call, of))
    if (done instanceof Response) return done
    return new Response(JSON.stringify(done), {
      status: of.status ?? 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
  } catch (error) {
    if (error instanceof DomainError && !error.reportable) return problem(error, '')
    throw error
  }
}

function readInput<Query extends Shape, Body extends Shape>(
  call: Call,
  of: Pick<EndpointInput<Query, Body, Shape>, 'query' | 'body' | 'idempotent'>,
): Input<Query, Body> {
  for (const [name, value] of Object.entries(call.params)) {
    if ((name === 'id' || name === 'person') && !isId(value)) throw new BadRequest('bad-address')
  }
  if (of.idempotent === 'required' && !call.request.headers.get('idempotency-key'))
    throw new BadRequest('idempotency-key-missing')
  const body = of.body ? parseShape(of.body, parseJson(call.bodyText)) : undefined
  return { query: queryOf(call, of.query), body: body as z.output<Body> }
}

function queryOf<Query extends Shape>(call: Call, shape: Query | undefined): z.output<Query> {
  if (!shape) return undefined as z.output<Query>
  try {
    return parseShape(shape, call.query)
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new InvalidInput(error.faults.map(fault => ({ ...fault, field: fault.field.replace(/^#\//, '?') })))
  }
}
