import { once } from 'node:events'
import type { Order } from '../shape.ts'
import { shapes } from '../shapes/index.ts'

/** The process that drives: told what by whoever started it, tells what came of it. */
const [order] = (await once(process, 'message')) as [Order]
const outcome = await shapes[order.shape](order)
process.send?.(outcome, () => process.disconnect())
