import { Buffer } from 'node:buffer'
import type { Door } from '../../src/web/door.ts'
import type { Mark } from './marks.ts'
import type { Ask } from './pool.ts'
import type { Visitor } from './visitors.ts'

export type Said = 'shows' | 'redirects' | 'refuses' | 'not-found' | 'faults' | 'fails'
export type Answered = {
  ask: Ask
  visitor: Visitor
  said: Said
  status: number
  marks: Mark[]
  body: string
  head: string
}

const sayOf = (status: number): Said =>
  status < 300
    ? 'shows'
    : status < 400
      ? 'redirects'
      : status === 404
        ? 'not-found'
        : status === 422
          ? 'faults'
          : status < 500
            ? 'refuses'
            : 'fails'

/** Asks the door one thing as one visitor, and reads all of the answer; of a stream that never ends, what comes first. */
export async function knock(door: Door, visitor: Visitor, ask: Ask): Promise<Omit<Answered, 'marks'>> {
  const { route, path, fields } = ask
  const sends = !['get', 'head'].includes(route.method)
  const isApi = path.startsWith('/api/')
  const body = !sends
    ? undefined
    : isApi
      ? JSON.stringify(Object.fromEntries(fields ?? []))
      : new URLSearchParams(fields ?? [])
  const response = await door.fetch(
    new Request(`http://${visitor.host}${path}`, {
      method: route.method.toUpperCase(),
      headers: {
        host: visitor.host,
        ...visitor.headers,
        ...(isApi && sends ? { 'content-type': 'application/json' } : {}),
      },
      redirect: 'manual',
      ...(body !== undefined && { body }),
    }),
  )
  const text = await readAll(response)
  const head = [...response.headers].map(([name, value]) => `${name}: ${decodeFlash(value)}`).join('\n')
  return { ask, visitor, said: sayOf(response.status), status: response.status, body: text, head }
}

async function readAll(response: Response): Promise<string> {
  if (!response.body) return ''
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return Buffer.from(await response.arrayBuffer()).toString('utf8')
  const reader = response.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

/** What stands in a cookie for the next page is read as that page would. */
const decodeFlash = (value: string): string => {
  const safe = (text: string) => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }
  const [, packed] = /shubbak_flash=([\w-]+)/.exec(value) ?? []
  return safe(value) + (packed ? Buffer.from(packed, 'base64url').toString('utf8') : '')
}
