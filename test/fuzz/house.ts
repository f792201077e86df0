import { join } from 'node:path'
import { Registry } from 'prom-client'
import type { Clock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config.ts'
import { createCrypto } from '../../src/platform/crypto/index.ts'
import { openDatabase } from '../../src/platform/database/index.ts'
import { createEvents } from '../../src/platform/events.ts'
import { diskFiles } from '../../src/platform/files/index.ts'
import type { House } from '../../src/platform/house.ts'
import { openLog } from '../../src/platform/telemetry/log.ts'
import { createReadiness } from '../../src/platform/telemetry/readiness.ts'

/** Where a town of the fuzzer lies: its database as the application and as the owner, and the folder of its files. */
export type Place = { url: string; ownerUrl: string; folder: string }

/** The same keys in every process: what one seals, the other opens. */
const crypto = () =>
  createCrypto({
    index: Buffer.alloc(32, 'index'),
    keys: new Map([[1, Buffer.alloc(32, 'key')]]),
    newest: 1,
  })

/** A house over a database that somebody else keeps; `write` hears each line of its log that is a warning or worse. */
export async function openPlace(
  { url, ownerUrl, folder }: Place,
  clock: Clock,
  write?: (line: string) => void,
): Promise<House> {
  const log = write ? openLog('warn', { write }) : openLog('silent')
  const database = await openDatabase(url, {
    clock,
    max: 12,
    onError: error => log.error({ part: 'database', err: error }, 'database trouble'),
  })
  return {
    config: readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    clock,
    database,
    log,
    scanner: undefined,
    events: createEvents(),
    files: diskFiles(join(folder, 'files')),
    crypto: crypto(),
    metrics: new Registry(),
    readiness: createReadiness(),
    server: { url, directUrl: url, ownerUrl, appPassword: undefined, stop: async () => {} },
    close: () => database.close(),
  }
}
