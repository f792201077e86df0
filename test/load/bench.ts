import type { Mode } from '../bench/parts.ts'
import { type Load, runShapes } from './run.ts'
import { shapeNames } from './shape.ts'

/**
 * The part of the bench: all shapes in one town; the quick run drives the two that say most, the large one the two whose goals name it also in a
 * town of five million, which is thin. Throws where anything was lost or answered wrongly.
 */
export async function benchShapes(mode: Mode, option: (name: string) => number | undefined): Promise<void> {
  const shapes = mode === 'quick' ? (['steady', 'lifecycle'] as const) : shapeNames
  const requests = option('--requests')
  const common = { mode, seed: option('--seed') ?? 1 }
  const towns: Load[] = [{ ...common, shapes, requests }]
  if (mode === 'large' && requests === undefined)
    towns.push({ ...common, shapes: ['steady', 'lifecycle'], requests: 5_000_000, thin: true, mark: '5m-' })
  let sound = true
  for (const town of towns) sound = (await runShapes(town)).sound && sound
  if (!sound) throw new Error('under load something failed, or is not as clients were told: it stands above')
}
