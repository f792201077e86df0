import { isServerOf, serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import type { Server } from '../bench/server.ts'
import type { chanceOf } from './chance.ts'

export const victims = [
  'server',
  'postmaster',
  'backend',
  'all of PostgreSQL',
  'server and postmaster',
] as const
export type Victim = (typeof victims)[number]

/** The server dies most often, since it has most to lose between deciding and answering. */
const often: readonly Victim[] = [
  ...['server', 'server', 'server', 'postmaster', 'postmaster', 'backend', 'backend'],
  ...['all of PostgreSQL', 'server and postmaster'],
] as Victim[]

export const chooseVictim = (chance: ReturnType<typeof chanceOf>): Victim => chance.pick(often)

/** Kills with a signal nobody can catch; gives whether the server has to be started again. */
export function kill(
  victim: Victim,
  server: Server,
  data: string,
  chance: ReturnType<typeof chanceOf>,
): boolean {
  const all = serverProcesses(data)
  const postmasters = all.filter(pid => isServerOf(pid, data))
  const dying = new Set<number>()
  if (victim === 'postmaster' || victim === 'server and postmaster')
    for (const pid of postmasters) dying.add(pid)
  if (victim === 'all of PostgreSQL') for (const pid of all) dying.add(pid)
  if (victim === 'backend') {
    const backends = all.filter(pid => !postmasters.includes(pid))
    if (backends.length > 0) dying.add(chance.pick(backends))
  }
  const serverToo = victim === 'server' || victim === 'server and postmaster'
  if (serverToo) server.child.kill('SIGKILL')
  for (const pid of dying) signal(pid, 'SIGKILL')
  return serverToo
}
