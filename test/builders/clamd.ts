import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** The text every virus scanner calls a virus and no computer minds (eicar.org), written so that this file is none. */
export const eicar = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'

export type FakeClamd = {
  url: string
  /** What it answers from now on to the bytes of a stream; undefined keeps it silent. */
  answers(how: (bytes: Buffer) => string | undefined): void
  /** Nobody listens at its address until `up`. */
  down(): Promise<void>
  up(): Promise<void>
}

/** A daemon that speaks INSTREAM and says what it is told to say. Ends with the file. */
export async function aFakeClamd(): Promise<FakeClamd> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-clamd-'))
  const path = join(folder, 'clamd.ctl')
  let how: (bytes: Buffer) => string | undefined = () => 'stream: OK'
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    let received = Buffer.alloc(0)
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      const bytes = streamOf(received)
      const answer = bytes && how(bytes)
      if (answer !== undefined) socket.end(`${answer}\0`)
    })
  })
  const up = async () => {
    server.listen(path)
    await once(server, 'listening')
  }
  const down = async () => {
    if (!server.listening) return
    for (const socket of open) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
  await up()
  afterAll(async () => {
    await down()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    url: `unix://${path}`,
    answers(next) {
      how = next
    },
    down,
    up,
  }
}

/** The bytes of a stream once its end was sent. */
function streamOf(received: Buffer): Buffer | undefined {
  const head = 'zINSTREAM\0'
  if (!received.subarray(0, head.length).equals(Buffer.from(head))) return undefined
  const pieces: Buffer[] = []
  for (let at = head.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

/** Where Debian's package puts it; tests that need it are named `*.clamav.test.ts` and left out where it is missing. */
const program = '/usr/sbin/clamd'

/** A real clamd with one signature, that of EICAR: those of the world are 200 MB and not ours to fetch. Ends with the file. */
export async function aClamd(): Promise<{ url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-clamd-'))
  const port = await freePort()
  writeFileSync(join(folder, 'eicar.ndb'), `Eicar-Test-Signature:0:*:${Buffer.from(eicar).toString('hex')}\n`)
  const settings = join(folder, 'clamd.conf')
  writeFileSync(
    settings,
    `Foreground yes\nTCPSocket ${port}\nTCPAddr 127.0.0.1\nDatabaseDirectory ${folder}\nStreamMaxLength 26M\n`,
  )
  const child = spawn(
    '/bin/sh',
    ['-c', '"$0" "$@" & child=$!; cat >/dev/null; kill "$child"; wait "$child"', program, '-c', settings],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  )
  afterAll(async () => {
    const gone = once(child, 'exit')
    child.stdin.end()
    await gone
    rmSync(folder, { recursive: true, force: true })
  })
  const last = performance.now() + 30_000
  while (!(await answers(port))) if (performance.now() > last) throw new Error('clamd did not come up')
  return { url: `tcp://127.0.0.1:${port}` }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Whether it answers PING; a refusal is told a moment later, so that asking again does not spin. */
function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write('zPING\0'))
    socket.on('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => setTimeout(resolve, 100, false))
  })
}
