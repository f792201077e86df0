import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../../platform/clock.ts'
import { openDatabase } from '../../../platform/database/index.ts'
import { judgeSpan, type Order } from './database.ts'

// A thread that reads and judges part of a town's audit, on a connection of its own.
const { url, town, span, sealings } = workerData as Order
const database = await openDatabase(url, { clock: systemClock, max: 2, name: 'shubbak verify' })
try {
  parentPort?.postMessage(await judgeSpan(database, town, 'audit', span, sealings))
} finally {
  await database.close()
}
