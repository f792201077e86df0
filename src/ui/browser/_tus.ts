const PIECE = 256 * 1024
const TRIES = 8

/** The server will not take this file, however often it is sent. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`refused: ${status}`)
    this.status = status
  }
}

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
  throw new Refused(response.status)
}

/** Sends a file in pieces and goes on where it stopped, also after the page was closed. Gives its address. */
export async function send(sending: Sending): Promise<string> {
  const { blob, name, to, memory, headers, progress, offline } = sending
  let address = localStorage.getItem(memory)
  let offset = -1
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
        const piece = await ask(
          address,
          { method: 'PATCH', body: blob.slice(offset, offset + PIECE) },
          { ...headers, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        )
        offset = Number(piece.headers.get('Upload-Offset'))
        failed = 0
      }
      localStorage.removeItem(memory)
      progress(1)
      return address
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
