import { setTimeout as sleep } from 'node:timers/promises'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { ar as parts } from '../../src/ui/strings/parts.ar.ts'
import type { Ground } from '../bench/ground.ts'

/** People who read pages through the proxy, one after the other, each with a log-in of their own. */
export type Readers = {
  /** Pages answered. */
  seen: number
  /** What was no page: a status or an error, with the address. */
  failed: string[]
  /** Which processes answered, how often. */
  by: Map<string, number>
  /** Pages that said as of when they are. */
  old: number
  longestMs: number
  stop(): Promise<void>
}

/** What a page says that is not as of now, up to the time. */
export const oldWords = parts['as-of'].slice(0, parts['as-of'].indexOf('{'))

type Reader = { cookie: string; paths: string[] }

export async function startReaders(ground: Ground, port: number, count: number): Promise<Readers> {
  const at = (address: Parameters<typeof fillAddress>[0]) => fillAddress(address as typeof addresses.my, {})
  const citizen = [addresses.my, addresses.services, addresses.openFairness].map(at)
  const officer = [addresses.inbox, addresses.officeRequests, addresses.openLooks].map(at)
  const who: Reader[] = []
  for (let each = 0; each < count; each++) {
    const person = ground.people[each % ground.people.length]
    const isCitizen = each % 2 === 0 && person !== undefined
    const login = isCitizen ? { personId: person.personId } : { staffId: ground.staff.officer.id }
    who.push({ cookie: await ground.logIn(login), paths: isCitizen ? citizen : officer })
  }
  let ending = false
  const readers: Omit<Readers, 'stop'> = { seen: 0, failed: [], by: new Map(), old: 0, longestMs: 0 }
  const all = Promise.all(who.map(read))

  async function read({ cookie, paths }: Reader): Promise<void> {
    for (let turn = 0; !ending; turn++) {
      const path = paths[turn % paths.length] ?? '/'
      const began = performance.now()
      try {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
          headers: { cookie },
          redirect: 'manual',
          signal: AbortSignal.timeout(20_000),
        })
        const page = await answer.text()
        if (answer.status !== 200) readers.failed.push(`${answer.status} ${path}`)
        // Each with whoever is logged in: a log-in holds whichever process answers.
        readers.seen += 1
        if (page.includes(oldWords)) readers.old += 1
        // Where one process broke off, the proxy names it and the one that answered.
        const by = (answer.headers.get('x-answered-by') ?? '').split(', ').at(-1) ?? ''
        readers.by.set(by, (readers.by.get(by) ?? 0) + 1)
      } catch (error) {
        readers.failed.push(`${(error as Error).name} ${path}`)
      }
      readers.longestMs = Math.max(readers.longestMs, performance.now() - began)
      await sleep(20)
    }
  }

  return Object.assign(readers, {
    async stop() {
      ending = true
      await all
    },
  })
}
