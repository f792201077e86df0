import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Source, sources } from './sources.ts'

/** Floors from the ground up: a file may import its own floor and what lies under it. */
const floors: Record<string, readonly string[]> = {
  lib: ['lib'],
  kernel: ['lib', 'kernel'],
  platform: ['lib', 'platform'],
  ui: ['lib', 'ui'],
  web: ['lib', 'kernel', 'platform', 'ui', 'web'],
  offices: ['lib', 'kernel', 'platform', 'ui', 'web', 'offices'],
  navigation: ['lib', 'kernel', 'ui', 'web', 'navigation'],
}

/** Offices from the ground up. Those on one line do not know each other. */
const stairs: readonly (readonly string[])[] = [
  ['audit'],
  ['people'],
  ['looks'],
  ['catalogue'],
  ['archive', 'treasury', 'messaging'],
  ['visits'],
  ['certificates'],
  ['seal'],
  ['requests'],
  ['counter', 'utilities', 'settlements', 'feedback', 'payments', 'oversight'],
  ['rights'],
  ['centre', 'imports', 'designer', 'bulletins', 'destruction'],
  ['api', 'backup', 'verify', 'keys'],
  ['demo'],
]

const heightOf = (office: string) => stairs.findIndex(step => step.includes(office))

function brokenImports(files: readonly Source[]): string[] {
  return files.flatMap(file =>
    [...file.text.matchAll(/from '(\.[^']+)'/g)].flatMap(([, specifier = '']) => {
      const target = posix.join(posix.dirname(file.path), specifier)
      const wrong = whyNot(file.path, target)
      return wrong ? [`${file.path} → ${target}: ${wrong}`] : []
    }),
  )
}

function whyNot(from: string, to: string): string | undefined {
  const [, floor = '', office = ''] = from.split('/')
  const [root, target = '', targetOffice = '', ...inside] = to.split('/')
  if (root !== 'src') return 'leaves src'
  const below = floors[floor]
  if (!below) return undefined
  if (!below.includes(target)) return `${floor} does not stand on ${target}`
  if (floor !== 'offices' || target !== 'offices' || office === targetOffice) return undefined
  if (heightOf(office) < 0) return `office ${office} has no place on the stairs`
  if (heightOf(targetOffice) >= heightOf(office)) return `${office} stands under or beside ${targetOffice}`
  return inside.join('/') === 'index.ts' ? undefined : 'not through the door index.ts'
}

describe('the import law', () => {
  test('holds in every file', () => {
    expect(brokenImports(sources('src/**/*.{ts,tsx}'))).toEqual([])
  })

  test.each([
    ['src/lib/a.ts', "import { x } from '../kernel/form/index.ts'"],
    ['src/kernel/fees/a.ts', "import { x } from '../../platform/clock.ts'"],
    ['src/ui/parts/a.tsx', "import { x } from '../../offices/requests/index.ts'"],
    ['src/offices/people/a.ts', "import { x } from '../requests/index.ts'"],
    ['src/offices/counter/a.ts', "import { x } from '../utilities/index.ts'"],
    ['src/offices/counter/a.ts', "import { x } from '../requests/store.ts'"],
    ['src/web/a.ts', "import { x } from '../../test/database.ts'"],
  ])('catches %s saying %s', (path, text) => {
    expect(brokenImports([{ path, text }])).toHaveLength(1)
  })
})
