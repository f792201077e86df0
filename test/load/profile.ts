import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { note } from '../bench/report.ts'

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
