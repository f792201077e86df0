import type { CompiledService } from '../../kernel/definition/index.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import type { Request } from './model.ts'

/** Where an act is done: the house and the town. A `Call` is one. */
export type Desk = { house: House; town: Town }

/** What a department does when its step is carried out. Runs in the act's transaction: its failure undoes the act. */
export type Effect = (
  tx: Write,
  desk: Desk,
  of: { request: Request; service: CompiledService; by: string },
) => Promise<void>

/** What an effect takes of a request besides its parties: the fields it reads, of the form or of officers, by id. */
export type EffectNeeds = { reads?: readonly string[] }

const effects = new Map<string, { run: Effect; reads: readonly string[] }>()

/** A department offers an effect under the name that service definitions call it by, such as `utilities.open-subscription`. */
export function registerEffect(name: string, effect: Effect, { reads = [] }: EffectNeeds = {}): void {
  effects.set(name, { run: effect, reads })
}

export function effectNamed(name: string): Effect {
  const effect = effects.get(name)
  if (!effect) throw new Error(`no office offers the effect ${name}`)
  return effect.run
}

/** Every effect an office offers, by name: what a definition may call. */
export const effectNames = (): string[] => [...effects.keys()].sort()

/** The fields each effect reads, by its name: whoever names it must ask for them. */
export const effectReads = (): ReadonlyMap<string, readonly string[]> =>
  new Map([...effects].map(([name, { reads }]) => [name, reads]))
