import { BadRequest } from '../lib/errors.ts'
import type { Call, Typed } from './call.ts'
import type { Route } from './route.ts'

/** Reads the body of a form or of an API call into the call; a body over the route's limit is refused before it is read whole. */
export async function readBody(call: Call, route: Route): Promise<void> {
  const { request } = call
  if (request.method !== 'POST' && request.method !== 'PATCH') return
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > route.bodyLimit) throw new BadRequest('body-too-large', { limit: route.bodyLimit })
  const type = request.headers.get('content-type') ?? ''
  if (type.includes('json')) {
    call.bodyText = await readText(request, route.bodyLimit)
    return
  }
  if (!type.startsWith('application/x-www-form-urlencoded') && !type.startsWith('multipart/form-data')) return
  const form = await readForm(request)
  for (const [name, value] of form) {
    if (typeof value === 'string') addTyped(call.typed, name, value)
    else if (value.size > 0 || value.name) {
      const list = call.files[name] ?? []
      list.push(value)
      call.files[name] = list
    }
  }
}

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch (cause) {
    throw new BadRequest('unreadable-form', {}, { cause })
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  const text = await request.text()
  if (text.length > limit) throw new BadRequest('body-too-large', { limit })
  return text
}

/** Line ends are made one character, and NUL (which PostgreSQL cannot hold) is dropped: the only changes to what was typed. */
function addTyped(typed: Typed, name: string, value: string): void {
  const text = value.replaceAll('\r\n', '\n').replaceAll('\u0000', '')
  const before = typed[name]
  typed[name] = before === undefined ? text : Array.isArray(before) ? [...before, text] : [before, text]
}
