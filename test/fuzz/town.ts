import { rmSync } from 'node:fs'
import { addresses } from '../../src/lib/addresses.ts'
import type { Route } from '../../src/web/route.ts'
import { type Child, startChild } from './child.ts'
import type { Documented } from './document.ts'
import type { Input, Names } from './input.ts'
import { type Declared, faultOfSilence, faultsOf } from './judge.ts'
import { messageOf } from './message.ts'
import { type Came, Line } from './wire.ts'
import { cloneDatabase, dropDatabase, on, type Postgres, type World } from './world.ts'

/** What became of an input. */
export type Outcome = { input: Input; came?: Came; faults: string[]; loggedOut: boolean }

/** A town of the fuzzer's own, with its server, until it is closed. */
export type OpenTown = {
  child: Child
  /** Sends over the line of that number. */
  send(line: number, input: Input): Promise<Outcome>
  close(): Promise<void>
}

export type Setting = {
  at: Postgres
  world: World
  program: string
  names: Names
  routes: readonly Route[]
  /** The document of the API, once it was read. */
  api?: Documented
}

const host = 'town.test'
/** Within which every answer must be there; once more and alone before it is called a hang, since the machine may be busy. */
export const patienceMs = 5_000
const logIns = [addresses.citizenLogIn.pattern, addresses.staffLogIn.pattern] as string[]

let opened = 0
let sent = 0

export async function openTown({ at, world, program, names, routes, api }: Setting): Promise<OpenTown> {
  opened += 1
  const name = `${world.template}_${opened}`
  await cloneDatabase(at, name, world.template)
  const supervisor = world.who.find(each => each.name === 'supervisor')?.as
  const place = { url: on(at.appUrl, name), ownerUrl: on(at.ownerUrl, name), folder: world.folder }
  const gate = ['', supervisor && 'staffId' in supervisor ? supervisor.staffId : '']
  const child = await startChild(program, { place, town: world.town.id, now: world.now, gate })
  const lines = new Map<number, Line>()
  const headers = new Map(world.who.map(each => [each.name, each.headers]))
  const declared = new Map(
    routes.map(({ method, address, audit }): [string, Declared] => [
      `${method} ${address.pattern}`,
      { method, pattern: address.pattern, audit: audit.kind },
    ]),
  )
  const nothing: Documented = { bases: [], faultsOf: () => [] }

  async function ask(line: Line, input: Input, patience: number): Promise<Came> {
    sent += 1
    const who = input.who === 'program' ? `program ${sent % 4}` : input.who
    const given = names.given(input)
    return line.ask(messageOf(given, headers.get(who) ?? {}, host, `fuzz-key-${sent}`), patience)
  }

  async function send(number: number, input: Input): Promise<Outcome> {
    const line = lines.get(number) ?? new Line(child.port)
    lines.set(number, line)
    try {
      let came: Came
      try {
        came = await ask(line, input, patienceMs)
      } catch (error) {
        if (!String(error).includes('silence')) throw error
        came = await ask(line, input, patienceMs)
      }
      // An address that was broken may be another route's, or nobody's.
      const moved = input.edits.some(({ at }) => at === 'path')
      const route = moved ? undefined : declared.get(`${input.method} ${input.route}`)
      const faults = faultsOf(input, came, route, api ?? nothing)
      return { input, came, faults, loggedOut: await logInAgain(input, came) }
    } catch (error) {
      const fault = faultOfSilence(input, error)
      return { input, faults: fault ? [fault] : [], loggedOut: false }
    }
  }

  /** Whoever logged themselves out comes in again; gives whether they had. */
  async function logInAgain({ who, route, edits }: Input, came: Came): Promise<boolean> {
    const as = world.who.find(({ name }) => name === who)?.as
    const location = came.headers.find(([name]) => name === 'location')?.[1] ?? ''
    const toLogIn = came.status === 303 && logIns.includes(location.split('?')[0] ?? '')
    if (!as || !toLogIn || logIns.includes(route) || edits.some(({ at }) => at === 'cookie')) return false
    headers.set(who, { cookie: await child.logIn(as) })
    return true
  }

  return {
    child,
    send,
    async close() {
      for (const line of lines.values()) line.close()
      await child.stop()
      await dropDatabase(at, name)
    },
  }
}

/** Removes what the towns left. */
export async function clearWorld(at: Postgres, { template, folder }: World): Promise<void> {
  await dropDatabase(at, template)
  rmSync(folder, { recursive: true, force: true })
}
