import { existsSync, globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const files = globSync(['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'])
const text = (file: string) => readFileSync(file, 'utf8')

// What a test needs is read off its imports: a database, a browser, or neither.
const journeys = files.filter(file => file.startsWith('test/journeys/'))
const database = files.filter(
  file =>
    !journeys.includes(file) &&
    /\/database\.ts'|supervisor\.ts'|\/postgres\/|inject\('postgres'\)/.test(text(file)),
)
const quick = files.filter(file => !journeys.includes(file) && !database.includes(file))

// Named in the output of `npm test` when it is left out; under CI that is a failure.
const withoutPostgres15 = existsSync('/usr/lib/postgresql/15/bin/postgres') ? [] : ['**/*.postgres15.test.ts']

const common = { testTimeout: 30_000, hookTimeout: 60_000, env: { TZ: 'UTC' } }

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      { test: { ...common, name: 'quick', include: quick } },
      {
        test: {
          ...common,
          name: 'database',
          include: database,
          exclude: withoutPostgres15,
          globalSetup: ['test/vitest/postgres.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'journeys',
          include: journeys,
          globalSetup: ['test/vitest/postgres.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
})
