import { backupFigures } from './offices/backup/index.ts'
import { messageFigures } from './offices/messaging/index.ts'
import { paymentFigures } from './offices/payments/index.ts'
import { sealFigures } from './offices/seal/index.ts'
import { queueFigures } from './platform/jobs/index.ts'
import type { FigureSource } from './platform/telemetry/figures.ts'
import { groundFigures } from './platform/telemetry/ground-figures.ts'

/** Everything that is read now and then for who watches the installation. */
export const allFigures: readonly FigureSource[] = [
  ...groundFigures,
  queueFigures,
  messageFigures,
  sealFigures,
  backupFigures,
  paymentFigures,
]
