import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Localized } from '../../../lib/localized.ts'
import { projectRoot } from '../../../platform/root.ts'

/** What somebody may be to a row; the columns of the proof. */
export const relations = [
  'own',
  'party',
  'mandate',
  'filed',
  'office-task',
  'office-concerned',
  'town',
  'none',
  'other-town',
] as const
export type Relation = (typeof relations)[number]

/** What `test/access/publish.ts` wrote of the last proof (docs/proof/access.json). */
export type AccessProof = {
  /** The day it was run, `YYYY-MM-DD`. */
  date: string
  /** Questions put to the door, pairs of a question and somebody's rows it might have told of, answers compared with and without what is not reached. */
  asked: number
  checks: number
  compared: number
  visitors: number
  leaks: string[]
  /** `get /my/requests/:id`, sorted. */
  routes: string[]
  /** By heading: how often something in this relation was asked for, and how often anything of it was shown. */
  roles: { role: string; cells: Partial<Record<Relation, { asked: number; shown: number }>> }[]
  holes: { hole: string; by: string; wall: 'stops it' | 'does not see it' }[]
  exceptions: { route: string; because: Localized }[]
  unfilled: { route: string; because: Localized }[]
}

let kept: AccessProof | undefined

/** The proof that came with this version of the program. */
export function accessProof(): AccessProof {
  kept ??= JSON.parse(readFileSync(join(projectRoot, 'docs/proof/access.json'), 'utf8')) as AccessProof
  return kept
}
