import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aProvider } from '../../../test/builders/messages.ts'
import { aPerson, aTown, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { createSecretFile, readSecretFile } from '../../platform/crypto/index.ts'
import { openDatabase } from '../../platform/database/index.ts'
import { openKeyring } from '../../platform/keyring.ts'
import { setSetting } from '../treasury/index.ts'
import { listKeys } from './list.ts'
import { newSealingKey } from './rotate.ts'

test('the list names every secret and shows none', async () => {
  const db = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-keys-'))
  const path = join(folder, 'secret')
  createSecretFile(path)
  const ring = openKeyring(path, db.clock)
  const database = await openDatabase(db.url, { clock: db.clock, max: 2, layers: ring })
  try {
    await ring.learn(database)
    const house = { ...aHouse(db, { SECRET_FILE: path }), crypto: ring.crypto, database }
    const town = (await aTown(house)).id
    for (let n = 0; n < 3; n++) await aPerson({ house, town })
    const sealed = house.crypto.seal(town, 'message provider', '{"password":"x"}')
    await aProvider({ house, town }, { secretSealed: sealed })
    const value = { name: 'bank', key: house.crypto.seal(town, 'payments.bank-key', 'k').toString('base64') }
    await database.write(town, tx =>
      setSetting(tx, { key: 'payments.bank', from: '2026-01-01', value, by: builder }),
    )
    db.clock.set(newSealingKey(house).from)
    house.crypto.take(readSecretFile(path, db.clock.now()))
    const lines = (await listKeys(house)).join('\n')
    expect(lines).toMatch(/sealing key 2: seals now/)
    expect(lines).toMatch(/sealing key 1: opens only, .* needed by .*person_phone 3/)
    expect(lines).toMatch(/index key, layer 1: .* on top in town-/)
    expect(lines).toMatch(/carrier «provider-/)
    expect(lines).toMatch(/bank «bank»/)
    expect(lines).toMatch(/METRICS_TOKEN: none/)
    const secrets = readFileSync(path, 'utf8').match(/[A-Za-z0-9_-]{43}/g) ?? []
    expect(secrets.length).toBeGreaterThan(3)
    for (const secret of secrets) expect(lines).not.toContain(secret)
  } finally {
    ring.close()
    await database.close()
    rmSync(folder, { recursive: true })
  }
})
