import { connect, type Socket } from 'node:net'

/** What came back: the head as names and values in their order, and the body as bytes. */
export type Came = {
  status: number
  headers: [string, string][]
  body: Buffer
  /** Milliseconds until the last byte. */
  took: number
}

/** No whole answer came, and why. */
export class NoAnswer extends Error {
  readonly why: 'silence' | 'closed' | 'garbled'
  constructor(why: NoAnswer['why'], seen: string) {
    super(`${why}: ${JSON.stringify(seen.slice(0, 200))}`)
    this.why = why
  }
}

/** Bytes sent in pieces, each after the one before has gone. */
export type Sent = { pieces: readonly Buffer[]; method: string; fresh?: boolean; closes?: boolean }

/** A connection that is kept: bytes go out as they are given, whatever they are, and one answer is read for them. */
export class Line {
  readonly #port: number
  #socket: Socket | undefined
  #asks = false

  constructor(port: number) {
    this.#port = port
  }

  /** One call after the other: a second one beside it would take the first one's answer for its own. */
  async ask(sent: Sent, patience: number): Promise<Came> {
    if (this.#asks) throw new Error('this line is still waiting for an answer')
    this.#asks = true
    try {
      return await this.#ask(sent, patience)
    } finally {
      this.#asks = false
    }
  }

  async #ask({ pieces, method, fresh, closes }: Sent, patience: number): Promise<Came> {
    if (fresh) this.close()
    const reused = this.#socket !== undefined
    try {
      return await this.#once(pieces, method, closes ?? false, patience)
    } catch (error) {
      this.close()
      // A kept connection may have ended between two calls: nothing was read of this one.
      if (reused && error instanceof NoAnswer && error.why === 'closed' && error.message.endsWith('""'))
        return this.#once(pieces, method, closes ?? false, patience)
      throw error
    }
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #once(pieces: readonly Buffer[], method: string, closes: boolean, patience: number): Promise<Came> {
    const began = performance.now()
    const socket = this.#socket ?? connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    this.#socket = socket
    const reader = new Reader(method)
    const came = await new Promise<Came>((done, fail) => {
      const timer = setTimeout(() => end(new NoAnswer('silence', reader.seen())), patience)
      const end = (result: Came | Error) => {
        clearTimeout(timer)
        socket.removeAllListeners()
        socket.on('error', () => {})
        if (result instanceof Error) fail(result)
        else done(result)
      }
      const look = (over: boolean) => {
        const whole = reader.whole(over, performance.now() - began)
        if (whole) end(whole)
        else if (over) end(new NoAnswer('closed', reader.seen()))
      }
      socket.on('data', piece => {
        try {
          reader.take(piece)
          look(false)
        } catch (error) {
          end(error as Error)
        }
      })
      socket.on('close', () => look(true))
      socket.on('error', () => {})
      pieces.forEach((piece, at) => {
        if (at === 0) socket.write(piece)
        else setTimeout(() => socket.writable && socket.write(piece), at * 5)
      })
      if (closes) setTimeout(() => socket.end(), pieces.length * 5)
    })
    const over = came.headers.some(([name, value]) => name === 'connection' && /close/i.test(value))
    if (over || reader.endless) this.close()
    return came
  }
}

/** Reads one answer out of the bytes of a connection. */
class Reader {
  endless = false
  readonly #method: string
  #bytes: Buffer = Buffer.alloc(0)

  constructor(method: string) {
    this.#method = method
  }

  take(piece: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? piece : Buffer.concat([this.#bytes, piece])
  }

  seen = (): string => this.#bytes.toString('latin1')

  whole(over: boolean, took: number): Came | undefined {
    const end = this.#bytes.indexOf('\r\n\r\n')
    if (end < 0) return undefined
    const [first = '', ...lines] = this.#bytes.subarray(0, end).toString('latin1').split('\r\n')
    const [, said] = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(first) ?? []
    if (!said) throw new NoAnswer('garbled', this.seen())
    const status = Number(said)
    if (status === 100) {
      this.#bytes = this.#bytes.subarray(end + 4)
      return this.whole(over, took)
    }
    const headers = lines.map((line): [string, string] => {
      const at = line.indexOf(':')
      if (at <= 0) throw new NoAnswer('garbled', this.seen())
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    })
    const of = (name: string) => headers.find(each => each[0] === name)?.[1]
    const rest = this.#bytes.subarray(end + 4)
    const give = (body: Buffer): Came => ({ status, headers, body, took })
    if (this.#method === 'HEAD' || status === 204 || status === 304) return give(Buffer.alloc(0))
    if (of('content-type')?.startsWith('text/event-stream')) {
      this.endless = true
      return give(Buffer.alloc(0))
    }
    if (of('transfer-encoding')?.toLowerCase() === 'chunked') {
      const body = unchunked(rest)
      return body && give(body)
    }
    const length = of('content-length')
    if (length === undefined) {
      if (!over) return undefined
      this.endless = true
      return give(rest)
    }
    return rest.length >= Number(length) ? give(rest.subarray(0, Number(length))) : undefined
  }
}

function unchunked(bytes: Buffer): Buffer | undefined {
  const pieces: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (!Number.isInteger(size)) throw new NoAnswer('garbled', bytes.toString('latin1'))
    if (bytes.length < end + 4 + size) return undefined
    if (size === 0) return Buffer.concat(pieces)
    pieces.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 4 + size
  }
}
