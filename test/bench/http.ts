import { connect, type Socket } from 'node:net'

/** What is sent, byte for byte, by one of many who send at once. */
export type Work = {
  port: number
  connections: number
  /** Ends after so many seconds or so many answers. */
  seconds?: number
  count?: number
  /** Gives the text of the next request. */
  next: () => string
}

export type Done = {
  answers: number
  seconds: number
  statuses: Record<number, number>
  ms: number[]
  sample: string
}

/** Sends over keep-alive connections as fast as answers come, one request at a time on each: as little client as possible. */
export async function send(work: Work): Promise<Done> {
  const began = performance.now()
  const done: Done = { answers: 0, seconds: 0, statuses: {}, ms: [], sample: '' }
  const over = () =>
    (work.seconds !== undefined && performance.now() - began >= work.seconds * 1000) ||
    (work.count !== undefined && done.answers + inFlight >= work.count)
  let inFlight = 0
  async function line(): Promise<void> {
    const socket = await open(work.port)
    try {
      while (!over()) {
        inFlight += 1
        const sent = performance.now()
        const answer = await ask(socket, work.next())
        inFlight -= 1
        const status = Number(answer.slice(9, 12))
        done.answers += 1
        done.ms.push(performance.now() - sent)
        done.statuses[status] = (done.statuses[status] ?? 0) + 1
        done.sample = answer
      }
    } finally {
      socket.destroy()
    }
  }
  await Promise.all(Array.from({ length: work.connections }, line))
  done.seconds = (performance.now() - began) / 1000
  return done
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1')
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

function ask(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = ''
    const finish = () => {
      socket.off('data', take)
      socket.off('close', cut)
    }
    const take = (chunk: string) => {
      got += chunk
      if (!isWhole(got)) return
      finish()
      resolve(got)
    }
    const cut = () => {
      finish()
      reject(new Error(`the connection ended in an answer: ${got.slice(0, 200)}`))
    }
    socket.on('data', take)
    socket.once('close', cut)
    socket.write(text)
  })
}

function isWhole(got: string): boolean {
  const head = got.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(got.slice(0, head + 2))
  if (length) return got.length >= head + 4 + Number(length[1])
  if (/\r\ntransfer-encoding: chunked/i.test(got.slice(0, head + 2))) return got.endsWith('\r\n0\r\n\r\n')
  return true
}

/** A GET as a browser with this cookie sends it. */
export const getText = (path: string, cookie: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\naccept-language: ar\r\naccept-encoding: gzip\r\ncookie: ${cookie}\r\n\r\n`

/** A POST of JSON as a partner's program sends it. */
export function postText(path: string, key: string, idempotencyKey: string, body: unknown): string {
  const text = JSON.stringify(body)
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\nidempotency-key: ${idempotencyKey}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}
