import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverProcesses, waitUntil } from '../../src/platform/database/postgres/processes.ts'
import { dataOf } from '../bench/ground.ts'
import { note } from '../bench/report.ts'
import type { Laid } from './country.ts'

type Frame = { functionName: string; url: string; lineNumber: number }
type Profile = { nodes: { id: number; callFrame: Frame }[]; samples: number[]; timeDeltas: number[] }
/** Where time went: a function by itself, with its share of what was not idle. */
export type Hot = { place: string; share: number }

/** The hottest functions of a profile a process left when it ended; the second half of it, when it was warm. */
export function readProfile(folder: string): Hot[] {
  const [file] = readdirSync(folder)
  if (!file) return []
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  const places = new Map(profile.nodes.map(node => [node.id, placeOf(node.callFrame)]))
  const spent = new Map<string, number>()
  for (let at = Math.floor(profile.samples.length / 2); at < profile.samples.length; at += 1) {
    const place = places.get(profile.samples[at] ?? 0) ?? 'unknown'
    if (place !== '(idle)') spent.set(place, (spent.get(place) ?? 0) + (profile.timeDeltas[at] ?? 0))
  }
  const whole = [...spent.values()].reduce((sum, each) => sum + each, 0)
  return [...spent]
    .map(([place, us]) => ({ place, share: us / whole }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 25)
}

function placeOf({ functionName, url, lineNumber }: Frame): string {
  if (functionName.startsWith('(')) return functionName
  const file = url.replace(/^.*node_modules\//, '').replace(/^.*\/dist\//, '')
  return `${functionName || 'anonymous'} ${file}:${lineNumber + 1}`
}

export function tellProfile(hot: readonly Hot[]): void {
  for (const { place, share } of hot) note(`${(100 * share).toFixed(1).padStart(5)} %  ${place}`)
}

/** Lets the database count what each statement costs from its next start on: it ends with the last who needs it, and the server starts it. */
export async function watchStatements({ asOwner, environment }: Laid): Promise<void> {
  await asOwner(async client => {
    await client.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`)
    await client.query('create extension if not exists pg_stat_statements')
  })
  const data = dataOf(environment.DATA_DIR)
  if (!(await waitUntil(() => serverProcesses(data).length === 0, 20_000)))
    throw new Error('the database does not end')
}

export const forgetStatements = ({ asOwner }: Laid): Promise<unknown> =>
  asOwner(client => client.query('select pg_stat_statements_reset()'))

/** The statements that took most of the database's time, with how often and how long each. */
export const hotStatements = ({ asOwner }: Laid): Promise<Hot[]> =>
  asOwner(async client => {
    const { rows } = await client.query<{
      query: string
      calls: string
      mean: number
      share: number
      pages: number
    }>(
      `select query, calls, mean_exec_time as mean, total_exec_time / sum(total_exec_time) over () as share,
              (shared_blks_hit + shared_blks_read) / calls as pages
         from pg_stat_statements order by total_exec_time desc limit 25`,
    )
    return rows.map(({ query, calls, mean, share, pages }) => ({
      place: `${calls} × ${mean.toFixed(2)} ms, ${pages} pages: ${query.replace(/\s+/g, ' ').slice(0, 220)}`,
      share,
    }))
  })
