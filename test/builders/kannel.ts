import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll } from 'vitest'

/** Where Debian's package puts it; tests that need it are named `*.kannel.test.ts` and left out where it is missing. */
const folderOfKannel = '/usr/sbin'

export type Kannel = {
  /** Its `sendsms`, and who may use it. */
  url: string
  user: string
  password: string
  /** Stops it as an operator does. */
  stop(): Promise<void>
}

/**
 * A real Kannel between a network and the town: texts to the town go to `incoming` (an address of ours). Ends with the file.
 */
export async function aKannel(options: { smscPort: number; incoming: string }): Promise<Kannel> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-kannel-'))
  const [admin = 0, box = 0, sendsms = 0] = await freePorts(3)
  const file = join(folder, 'kannel.conf')
  writeFileSync(file, settings({ folder, admin, box, sendsms, ...options }))
  const url = `http://127.0.0.1:${sendsms}/cgi-bin/sendsms`
  const running: ChildProcess[] = []
  const start = (name: string) => running.push(guarded(join(folderOfKannel, name), file))
  const stop = async () => {
    // The box of messages first, so that nothing it holds is lost.
    for (const child of running.splice(0).reverse()) await end(child)
  }
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })
  start('bearerbox')
  await until(async () =>
    (await said(`http://127.0.0.1:${admin}/status.txt?password=admin`)).includes('(online'),
  )
  start('smsbox')
  await until(async () => (await said(url)).includes('Authorization failed'))
  await until(async () =>
    (await said(`http://127.0.0.1:${admin}/status.txt?password=admin`)).includes('smsbox:'),
  )
  return { url, user: 'dura', password: 'secret', stop }
}

type Places = {
  folder: string
  admin: number
  box: number
  sendsms: number
  smscPort: number
  incoming: string
}

const settings = ({ folder, admin, box, sendsms, smscPort, incoming }: Places): string => `
group = core
admin-port = ${admin}
admin-interface = 127.0.0.1
admin-password = admin
smsbox-port = ${box}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
dlr-storage = internal
sms-resend-freq = 1
log-file = ${join(folder, 'bearerbox.log')}

group = smsc
smsc = smpp
smsc-id = network
host = 127.0.0.1
port = ${smscPort}
transceiver-mode = true
smsc-username = kannel
smsc-password = kannel
system-type = ""
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendsms}
sendsms-interface = 127.0.0.1
http-request-retry = 10
http-queue-delay = 1
log-file = ${join(folder, 'smsbox.log')}

group = sendsms-user
username = dura
password = secret

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "${incoming}?from=%p&to=%P&text=%b&charset=%C&ref=%I"
`

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

const said = (url: string): Promise<string> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    answer => answer.text(),
    () => '',
  )

/** Another program tells nobody when it is ready. */
async function until(ready: () => Promise<boolean>): Promise<void> {
  const last = performance.now() + 30_000
  while (!(await ready())) {
    if (performance.now() > last) throw new Error('Kannel did not come up')
    await pause(50)
  }
}

/** A program that ends when it is told to, and also when whoever started it is killed: its shell then reads the end of its input. */
const guarded = (program: string, file: string): ChildProcess =>
  spawn(
    '/bin/sh',
    ['-c', '"$0" "$1" & child=$!; cat >/dev/null; kill "$child"; wait "$child"', program, file],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  )

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.stdin?.end()
  await gone
}
