import type { Mode } from '../bench/parts.ts'
import { runShapes } from './run.ts'
import { shapeNames } from './shape.ts'

/** The part of the bench: all shapes in one town; the quick run drives the two that say most. Throws where anything was lost or answered wrongly. */
export async function benchShapes(mode: Mode, option: (name: string) => number | undefined): Promise<void> {
  const shapes = mode === 'quick' ? (['steady', 'lifecycle'] as const) : shapeNames
  const { sound } = await runShapes({
    shapes,
    mode,
    seed: option('--seed') ?? 1,
    requests: option('--requests'),
  })
  if (!sound) throw new Error('under load something failed, or is not as clients were told: it stands above')
}
