const PIECE = 256 * 1024
const TRIES = 8

/** The server will not take this file, however often it is sent. */
export class Refused extends Error {
  readonly status: number
  readonly fault: string
  readonly limit: string
  constructor(status: number, fault = '', limit = '') {
    super(`refused: ${status} ${fault}`)
    this.status = status
    this.fault = fault
    this.limit = limit
  }
}

/** What became of a file: its document, where the server says so, otherwise the name of the sending. */
export type Sent = { id: string; href?: string; thumbnail?: string }

type Sending = {
  blob: Blob
  name: string
  /** Where uploads begin. */
  to: string
  /** Under which name an unfinished sending is remembered on this device. */
  memory: string
  headers: Record<string, string>
  progress: (share: number) => void
  offline: () => void
}

const encode = (text: string): string => btoa(unescape(encodeURIComponent(text)))
const sleep = (ms: number): Promise<void> =>
  new Promise(resolve => {
    const wake = () => {
      clearTimeout(timer)
      removeEventListener('online', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    addEventListener('online', wake)
  })

async function ask(url: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(url, { ...init, headers: { 'Tus-Resumable': '1.0.0', ...headers } })
  if (response.ok) return response
  // Busy, moved on or broken: worth asking again. The rest is a refusal.
  if (response.status >= 500 || [409, 423, 429].includes(response.status))
    throw new Error(String(response.status))
  const said = (await response.json().catch(() => ({}))) as { values?: { max?: number; megabytes?: number } }
  const limit = said.values?.megabytes ?? said.values?.max ?? ''
  throw new Refused(response.status, response.headers.get('Upload-Fault') ?? '', String(limit))
}

/** Sends a file in pieces and goes on where it stopped, also after the page was closed. Gives what became of it. */
export async function send(sending: Sending): Promise<Sent> {
  const { blob, name, to, memory, headers, progress, offline } = sending
  let address = localStorage.getItem(memory)
  let offset = -1
  let last: Response | undefined
  for (let failed = 0; ; ) {
    try {
      if (!address) {
        const metadata = `filename ${encode(name)},filetype ${encode(blob.type)}`
        const made = await ask(
          to,
          { method: 'POST' },
          { ...headers, 'Upload-Length': String(blob.size), 'Upload-Metadata': metadata },
        )
        address = new URL(made.headers.get('Location') ?? '', new URL(to, location.href)).href
        localStorage.setItem(memory, address)
        offset = 0
      }
      if (offset < 0)
        offset = Number((await ask(address, { method: 'HEAD' }, headers)).headers.get('Upload-Offset'))
      while (offset < blob.size) {
        progress(offset / blob.size)
        last = await ask(
          address,
          { method: 'PATCH', body: blob.slice(offset, offset + PIECE) },
          { ...headers, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        )
        const arrived = last.headers.get('Upload-Offset')
        offset = arrived === null ? Math.min(blob.size, offset + PIECE) : Number(arrived)
        failed = 0
      }
      localStorage.removeItem(memory)
      progress(1)
      return await outcome(address, last)
    } catch (error) {
      if (error instanceof Refused) {
        localStorage.removeItem(memory)
        // A sending begun long ago may be forgotten by the server: begin again, once.
        if (offset < 0 && address && [403, 404, 410].includes(error.status)) {
          address = null
          continue
        }
        throw error
      }
      failed += 1
      if (failed > TRIES) throw error
      offset = -1
      offline()
      await sleep(Math.min(30_000, 500 * 2 ** failed))
    }
  }
}

async function outcome(address: string, last: Response | undefined): Promise<Sent> {
  const said = (await last?.json().catch(() => ({}))) as { document?: Sent } | undefined
  const id = last?.headers.get('Upload-Document') ?? new URL(address).pathname.split('/').pop() ?? ''
  return { id: decodeURIComponent(id), ...said?.document }
}
