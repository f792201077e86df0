import { connect, type Socket } from 'node:net'
import { PlainError } from '../plain-error.ts'

/** What a virus scanner says of some bytes. */
export type ScanVerdict = { state: 'clean' } | { state: 'infected'; signature: string }

export interface Scanner {
  /** Rejects with `ScannerDown` when nobody answers in time or the answer makes no sense: the bytes are then neither clean nor infected. */
  scan(bytes: Uint8Array): Promise<ScanVerdict>
}

/** The scanner gave no verdict. */
export class ScannerDown extends Error {}

export type ScannerOptions = { patienceMs?: number }

/** Bytes of one piece; clamd takes any size, smaller ones cost calls. */
const pieceBytes = 64 * 1024
/** A verdict is one short line. */
const mostAnswerBytes = 4096

/**
 * ClamAV's daemon by its own protocol (clamd(8), INSTREAM): the bytes go over the connection, so that it needs no right to our files and
 * may be another machine. `tcp://host:port` or `unix:///path`.
 */
export function openScanner(url: string, { patienceMs = 15_000 }: ScannerOptions = {}): Scanner {
  const place = placeOf(url)
  return {
    async scan(bytes) {
      const answer = await ask(() => connect(place), bytes, patienceMs)
      const infected = /^stream: (.+) FOUND$/.exec(answer)
      if (infected?.[1]) return { state: 'infected', signature: infected[1].slice(0, 200) }
      if (answer === 'stream: OK') return { state: 'clean' }
      throw new ScannerDown(`The scanner answered ${JSON.stringify(answer.slice(0, 80))}`)
    },
  }
}

function placeOf(url: string): { path: string } | { host: string; port: number } {
  const { protocol, hostname, port, pathname } = new URL(url)
  if (protocol === 'unix:') return { path: decodeURIComponent(pathname) }
  if (protocol === 'tcp:' && hostname && port) return { host: hostname, port: Number(port) }
  throw new PlainError(`CLAMAV_URL ${url} is neither tcp://host:port nor unix:///path`)
}

function ask(open: () => Socket, bytes: Uint8Array, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = open()
    let answer = ''
    const fail = (why: string) => {
      socket.destroy()
      reject(new ScannerDown(why))
    }
    // Of the whole exchange: a daemon that drips one byte at a time is no better than a silent one.
    const timer = setTimeout(() => fail('The scanner did not answer in time'), patienceMs)
    socket.on('error', error => fail(error.message))
    socket.on('data', chunk => {
      answer += chunk.toString('utf8')
      if (answer.length > mostAnswerBytes) fail('The scanner does not stop talking')
    })
    socket.on('end', () => socket.end())
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(answer.replaceAll('\0', '').trim())
    })
    socket.on('connect', () => {
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = bytes.subarray(at, at + pieceBytes)
        const length = Buffer.alloc(4)
        length.writeUInt32BE(piece.length)
        socket.write(length)
        socket.write(piece)
      }
      socket.write(Buffer.alloc(4))
    })
  })
}
