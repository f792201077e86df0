import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { projectRoot } from './root.ts'
import { secretSettings } from './secret-settings.ts'

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
  ['TRUSTED_PROXIES', '10.0.0.0/8, the-proxy'],
  ['TRUSTED_PROXIES', '10.0.0.0/64'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'no pair'],
  ['OTEL_TRACES_SAMPLER_ARG', '2'],
])('a wrong %s (%s) is named in one line', (name, value) => {
  const wrong = () => readConfig({ [name]: value })
  expect(wrong).toThrow(new RegExp(`^${name} is wrong: expected [^\\n]+$`))
})

test.each(['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_DIRECT_URL'])(
  '%s over a network says whether the line is encrypted',
  name => {
    const bare = () => readConfig({ [name]: 'postgresql://shubbak:secret@10.0.0.5/shubbak' })
    expect(bare).toThrow(new RegExp(`^${name} leads to another machine: [^\\n]+$`))
    expect(bare).not.toThrow(/secret/)
    for (const fine of [
      'postgresql://u@10.0.0.5/x?sslmode=verify-full',
      'postgresql://u@10.0.0.5/x?sslmode=disable',
      'postgresql://u@localhost/x',
      'postgresql://u@127.0.0.1:5433/x',
      'postgresql://u@[::1]/x',
      'postgresql:///x?host=/run/postgresql',
    ])
      expect(() => readConfig({ [name]: fine })).not.toThrow()
  },
)

describe('a secret in a file of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-secrets-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'one')
  const holding = (text: string, mode = 0o400) => {
    rmSync(path, { force: true })
    writeFileSync(path, text)
    chmodSync(path, mode)
    return path
  }
  const url = 'postgresql://shubbak:kept-in-a-file@db.example/shubbak?sslmode=verify-full'

  test.each(secretSettings)('%s is read from it, without its line end', name => {
    const token = 'a-token-of-the-operator'
    const secret =
      { METRICS_TOKEN: token, OTEL_EXPORTER_OTLP_HEADERS: `x-key=${token}` }[name as string] ?? url
    const config = readConfig({ [`${name}_FILE`]: holding(`${secret}\n`) })
    expect(JSON.stringify(config)).toContain(secret === url ? url : token)
    expect(config.secrets).toContainEqual({ name, from: 'file', path })
  })

  test.each([
    ['may be read by everybody', () => holding(url, 0o444)],
    ['may be read by everybody', () => holding(url, 0o604)],
    ['may be read by everybody', () => holding(url, 0o620)],
    ['on one line', () => holding('')],
    ['on one line', () => holding(`${url}\n${url}`)],
    ['cannot be read', () => join(folder, 'nowhere')],
  ])('is refused in one line that names it and shows nothing of it: %s', (why, file) => {
    const reading = () => readConfig({ DATABASE_URL_FILE: file() })
    expect(reading).toThrow(new RegExp(`^DATABASE_URL_FILE: [^\\n]*${why}`))
    expect(reading).not.toThrow(/kept-in-a-file/)
  })

  test('may be for the group of a service, not for others', () => {
    expect(readConfig({ DATABASE_URL_FILE: holding(url, 0o440) }).databaseUrl).toBe(url)
  })

  test('that is also set openly is refused', () => {
    expect(() => readConfig({ DATABASE_URL: url, DATABASE_URL_FILE: holding(url) })).toThrow(/both set/)
  })

  test('that is wrong is named without being shown', () => {
    const wrong = () => readConfig({ DATABASE_URL_FILE: holding('mysql://kept-in-a-file/x') })
    expect(wrong).toThrow(/^DATABASE_URL is wrong/)
    expect(wrong).not.toThrow(/kept-in-a-file/)
  })
})
