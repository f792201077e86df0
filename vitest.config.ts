import { existsSync, globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** What a test needs is read off what it imports: a browser, a database, or neither. */
function needs(file: string): 'browser' | 'database' | 'quick' {
  const text = readFileSync(file, 'utf8')
  const imports = [...text.matchAll(/^(?:import\b|\}).*from '(.*)'$/gm)].map(found => found[1]).join('\n')
  if (file.startsWith('test/journeys/') || /playwright|\/browser\.ts$/m.test(imports)) return 'browser'
  const database = /\/database\.ts$|\/postgres\/|\/supervisor\.ts$|\/builders\//m.test(imports)
  return database || text.includes("inject('postgres')") ? 'database' : 'quick'
}

const files = globSync(['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'])
const those = (kind: ReturnType<typeof needs>) => files.filter(file => needs(file) === kind)

// Named in the output of `npm test` when it is left out; under CI that is a failure.
const ofTheMachine = {
  postgres15: '/usr/lib/postgresql/15/bin/postgres',
  kannel: '/usr/sbin/bearerbox',
  clamav: '/usr/sbin/clamd',
}
const leftOut = Object.entries(ofTheMachine).flatMap(([name, program]) =>
  existsSync(program) ? [] : [`**/*.${name}.test.ts`],
)

const common = { pool: 'threads', testTimeout: 60_000, hookTimeout: 60_000, env: { TZ: 'UTC' } } as const
const globalSetup = ['test/vitest/postgres.ts']

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Much of a test is waiting for the disk and the browser: on two cores two at once take little longer than one.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'quick', include: those('quick') } },
      {
        test: {
          ...common,
          name: 'database',
          include: those('database'),
          exclude: leftOut,
          globalSetup,
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          pool: 'forks',
          include: those('browser'),
          exclude: leftOut,
          globalSetup,
          testTimeout: 120_000,
        },
      },
    ],
  },
})
