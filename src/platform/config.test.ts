import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { projectRoot } from './root.ts'

test('without any setting everything has its place', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    dataDir: join(projectRoot, 'data'),
    secretFile: join(projectRoot, 'data', 'secret'),
    databaseUrl: undefined,
    logLevel: 'info',
    prepared: true,
  })
})

test('an empty setting counts as none', () => {
  expect(readConfig({ PORT: '', LOG_LEVEL: '' })).toMatchObject({ port: 8080, logLevel: 'info' })
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://x/y'],
  ['DATABASE_OWNER_URL', 'nonsense'],
  ['LOG_LEVEL', 'loud'],
  ['PUBLIC_URL', 'ftp://town.ps'],
  ['FILES_URL', 'files'],
  ['PREPARED', 'maybe'],
  ['METRICS_TOKEN', 'short'],
])('a wrong %s (%s) is named in one line', (name, value) => {
  const wrong = () => readConfig({ [name]: value })
  expect(wrong).toThrow(new RegExp(`^${name} is wrong: expected [^\\n]+$`))
})
