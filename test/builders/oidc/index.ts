import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

type Control = {
  /** Accounts of the provider: its own name for somebody, and what it says of them. */
  accounts?: Record<string, Record<string, unknown>>
  /** Who logs in without being asked; `null` shows the provider's page. */
  account?: string | null
  acr?: string
  /** Other clients than it was started with. */
  clients?: Record<string, unknown>[]
  /** Signs with a new key of this name from now on, and knows the old one no more. */
  rotate?: string
  skewSeconds?: number
  /** Puts another nonce into the token than was asked for. */
  nonce?: string | null
  /** Signs a token of these claims. */
  sign?: Record<string, unknown>
}

export type OidcProvider = {
  issuer: string
  control(told: Control): Promise<{ token?: string }>
}

/** A port nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close()
  await once(server, 'close')
  return port
}

/** Starts an OpenID provider as a process of its own; it ends with the test file. */
export async function anOidcProvider(
  port: number,
  clients: Record<string, unknown>[],
): Promise<OidcProvider> {
  const program = fileURLToPath(new URL('provider.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, String(port), JSON.stringify({ clients })], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  afterAll(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('the provider ended before it listened')
    }),
  ])
  const issuer = `http://127.0.0.1:${port}`
  return {
    issuer,
    async control(told) {
      const answer = await fetch(`${issuer}/control`, { method: 'POST', body: JSON.stringify(told) })
      return (await answer.json()) as { token?: string }
    },
  }
}

/** A browser at a provider: keeps its cookies and follows it until it is sent elsewhere; gives the address it is sent to. */
export async function followAt(issuer: string, start: string): Promise<URL> {
  const jar = new Map<string, string>()
  let at = new URL(start)
  for (let steps = 0; at.origin === issuer && steps < 12; steps += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = answer.headers.get('location')
    if (!location) throw new Error(`the provider stays at ${at.pathname}: ${await answer.text()}`)
    at = new URL(location, at)
  }
  return at
}
