import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { Pool } from 'undici'

/** A file of a form. */
export type SentFile = { name: string; fileName: string; type: string; bytes: Uint8Array }

/** One exchange as a browser or a program makes it. */
export type Asked = {
  path: string
  cookie?: string
  /** Fields of a form; a list where a name stands several times. With files it goes as multipart. */
  form?: Record<string, string | readonly string[]>
  files?: readonly SentFile[]
  /** Of a partner's program: its key, and the key of the repetition. */
  program?: { key: string; once?: string }
  json?: unknown
}

export type Answer = {
  status: number
  location: string
  /** `name=value` of what was set. */
  cookies: string[]
  text(): string
}

/** Connections to one server, kept open: each carries one exchange at a time. */
export class Line {
  readonly #pool: Pool

  constructor(origin: string, connections: number) {
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      keepAliveTimeout: 60_000,
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
      connectTimeout: 30_000,
    })
  }

  async ask(asked: Asked): Promise<Answer> {
    const { headers, body } = sent(asked)
    const got = await this.#pool.request({
      path: asked.path,
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body !== undefined && { body }),
    })
    const bytes = Buffer.from(await got.body.arrayBuffer())
    const one = (name: string) => [got.headers[name] ?? ''].flat()[0] ?? ''
    return {
      status: got.statusCode,
      location: one('location'),
      cookies: [got.headers['set-cookie'] ?? []].flat().map(each => each.split(';', 1)[0] ?? ''),
      text: () => (one('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes).toString(),
    }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

function sent({ form, files, cookie, program, json }: Asked): {
  headers: Record<string, string>
  body: string | Uint8Array | undefined
} {
  const headers: Record<string, string> = program
    ? { authorization: `Bearer ${program.key}`, ...(program.once && { 'idempotency-key': program.once }) }
    : {
        accept: 'text/html',
        'accept-language': 'ar',
        'accept-encoding': 'gzip',
        ...(cookie && { cookie }),
        ...(form && { 'sec-fetch-site': 'same-origin' }),
      }
  if (json !== undefined)
    return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(json) }
  if (!form) return { headers, body: undefined }
  // A page writes a new key into each form it shows: it belongs to whoever sends it, and is theirs to make.
  const fields = Object.entries({ _key: randomUUID(), ...form }).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  if (!files)
    return {
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    }
  const boundary = `----shubbak${randomUUID()}`
  return {
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: inParts(fields, files, boundary),
  }
}

function inParts(fields: [string, string][], files: readonly SentFile[], boundary: string): Uint8Array {
  const parts: Uint8Array[] = fields.map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  for (const { name, fileName, type, bytes } of files)
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\ncontent-type: ${type}\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n'),
    )
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])
}
