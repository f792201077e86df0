import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterAll } from 'vitest'
import { readConfig } from '../../src/platform/config.ts'
import { createCrypto } from '../../src/platform/crypto/index.ts'
import { createEvents } from '../../src/platform/events.ts'
import { diskFiles } from '../../src/platform/files/index.ts'
import type { House } from '../../src/platform/house.ts'
import { openScanner } from '../../src/platform/scanner/index.ts'
import { openLog } from '../../src/platform/telemetry/log.ts'
import { createReadiness } from '../../src/platform/telemetry/readiness.ts'
import type { TestDatabase } from '../database.ts'

/** Keys that are the same in every test, so that what is sealed and indexed is too. */
const testCrypto = createCrypto({
  index: Buffer.alloc(32, 'index'),
  keys: new Map([[1, Buffer.alloc(32, 'key')]]),
  newest: 1,
})

/** A house over a test's database: its clock, a folder of files of its own, no voice. */
export function aHouse(db: TestDatabase, environment: Record<string, string> = {}): House {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-house-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', ...environment })
  return {
    config,
    scanner: config.clamavUrl === undefined ? undefined : openScanner(config.clamavUrl),
    clock: db.clock,
    database: db.database,
    events: createEvents(),
    files: diskFiles(join(folder, 'files')),
    crypto: testCrypto,
    log: openLog('silent'),
    metrics: new Registry(),
    readiness: createReadiness(),
    server: {
      url: db.url,
      directUrl: db.url,
      ownerUrl: db.ownerUrl,
      appPassword: undefined,
      stop: async () => {},
    },
    close: async () => {},
  }
}
