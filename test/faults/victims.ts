import { isServerOf, serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import type { chanceOf } from './chance.ts'

export const victims = [
  'server',
  'worker',
  'postmaster',
  'backend',
  'all of PostgreSQL',
  'server and postmaster',
  'everything',
] as const
export type Victim = (typeof victims)[number]

/** The server dies most often, since it has most to lose between deciding and answering. */
const often: readonly Victim[] = [
  'server',
  'server',
  'server',
  'worker',
  'worker',
  'worker',
  'postmaster',
  'backend',
  'backend',
  'all of PostgreSQL',
  'server and postmaster',
  'everything',
] as Victim[]

export const chooseVictim = (chance: ReturnType<typeof chanceOf>): Victim => chance.pick(often)

/** Which of the program's two processes die with a victim. */
export const diesWith = (victim: Victim): { server: boolean; worker: boolean } => ({
  server: victim === 'server' || victim === 'server and postmaster' || victim === 'everything',
  worker: victim === 'worker' || victim === 'everything',
})

/** Kills what of PostgreSQL dies with a victim, with a signal nobody can catch. */
export function killPostgres(victim: Victim, data: string, chance: ReturnType<typeof chanceOf>): void {
  const all = serverProcesses(data)
  const postmasters = all.filter(pid => isServerOf(pid, data))
  const backends = all.filter(pid => !postmasters.includes(pid))
  const dying =
    victim === 'all of PostgreSQL' || victim === 'everything'
      ? all
      : victim === 'postmaster' || victim === 'server and postmaster'
        ? postmasters
        : victim === 'backend' && backends.length > 0
          ? [chance.pick(backends)]
          : []
  for (const pid of dying) signal(pid, 'SIGKILL')
}
