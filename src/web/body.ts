import { BadRequest } from '../lib/errors.ts'
import { tidyFileName } from '../lib/file-name.ts'
import type { Call, Typed } from './call.ts'
import type { Route } from './route.ts'

/** Reads the body of a form or of an API call into the call; no more of it is read than the route allows, whatever length it claims. */
export async function readBody(call: Call, route: Route): Promise<void> {
  const { request } = call
  if (request.method !== 'POST' && request.method !== 'PATCH') return
  const limit = route.bodyLimit
  if (saysTooLong(request, limit)) throw tooLarge(limit)
  const type = request.headers.get('content-type') ?? ''
  if (type.includes('json')) {
    call.bodyText = new TextDecoder().decode(await readBytes(request, limit))
    return
  }
  if (!type.startsWith('application/x-www-form-urlencoded') && !type.startsWith('multipart/form-data')) return
  const form = await readForm(await readBytes(request, limit), type)
  const names = [...form.keys()]
  if (names.length > mostFields) throw new BadRequest('too-many-fields', { most: mostFields })
  let longest = 0
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      addTyped(call, name, value)
      longest = Math.max(longest, value.length)
    } else if (value.size > 0 || value.name) {
      const list = call.files[name] ?? []
      const { type: said } = value
      list.push(new File([value], tidyFileName(value.name), { type: said }))
      call.files[name] = list
    }
  }
  if (longest > mostTyped) throw new BadRequest('field-too-long', { most: mostTyped })
}

/** Fields of a form: the longest of ours has some hundreds. */
const mostFields = 5_000
/** Signs of one field: the longest of ours takes 8,000. What is longer would keep everybody waiting while it is looked at. */
const mostTyped = 100_000

const tooLarge = (limit: number) => new BadRequest('body-too-large', { limit })

const saysTooLong = (request: Request, limit: number) =>
  Number(request.headers.get('content-length') ?? 0) > limit

/**
 * The bytes of a body, refused as soon as it is too large: by what it says of itself, else by what has come. One that ends in the middle is
 * whoever sent it to send again, and no fault of ours.
 */
export async function readBytes(request: Request, limit: number): Promise<Buffer<ArrayBuffer>> {
  if (saysTooLong(request, limit)) throw tooLarge(limit)
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const piece of request.body ?? []) {
      size += piece.length
      if (size > limit) throw tooLarge(limit)
      pieces.push(piece)
    }
  } catch (cause) {
    throw cause instanceof BadRequest ? cause : new BadRequest('body-cut-off', {}, { cause })
  }
  return Buffer.concat(pieces)
}

async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch (cause) {
    throw new BadRequest('unreadable-form', {}, { cause })
  }
}

/** Line ends are made one character, and NUL (which PostgreSQL cannot hold) is dropped: the only changes to what was typed. */
function addTyped({ typed }: { typed: Typed }, name: string, value: string): void {
  const text = value.replaceAll('\r\n', '\n').replaceAll('\u0000', '')
  const before = Object.hasOwn(typed, name) ? typed[name] : undefined
  if (Array.isArray(before)) before.push(text)
  else typed[name] = before === undefined ? text : [before, text]
}
