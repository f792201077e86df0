import { execFileSync } from 'node:child_process'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8')
const folders = (path: string) =>
  readdirSync(join(projectRoot, path), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'testing')
    .map(entry => `${path}/${entry.name}`)

/** Folders, two levels deep, that the map does not name. */
const unnamed = (map: string, all: string[]) => all.filter(folder => !map.includes(`\`${folder}\``))

/** Terms of the first column that stand there twice. */
function doubled(glossary: string): string[] {
  const terms = [...glossary.matchAll(/^\| ([^|]+) \|/gm)].map(([, term = '']) => term.trim())
  return terms.filter((term, at) => !/^-+$/.test(term) && terms.indexOf(term) !== at)
}

/** Links of a page to files that are not there. */
function broken(page: string, text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)]
    .map(([, target = '']) => join(dirname(page), target))
    .filter(target => globSync(target, { cwd: projectRoot }).length === 0)
    .map(target => `${page} → ${target}`)
}

/** Identifiers of the glossary that nothing in the program is called by. */
function unknown(glossary: string, program: string): string[] {
  const named = [...glossary.matchAll(/^\|[^|]+\|([^|]+)\|/gm)].flatMap(
    ([, cell = '']) => cell.match(/`[^`]+`/g) ?? [],
  )
  return named
    .map(name => name.slice(1, -1))
    .filter(name => !program.includes(name.split('.').at(-1) ?? name))
}

const isDated = (text: string) => /^\d{4}-\d{2}-\d{2}\b/m.test(text)

describe('what is written about the house', () => {
  test('the map names every folder of the program', () => {
    const all = folders('src').flatMap(folder => [folder, ...folders(folder)])
    expect(all.length).toBeGreaterThan(20)
    expect(unnamed(read('docs/map.md'), all)).toEqual([])
    expect(unnamed(read('docs/map.md'), ['src/offices/nowhere'])).toHaveLength(1)
  })

  test('the commands of both READMEs are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const page of ['README.md', 'README.ar.md']) {
      const named = [...read(page).matchAll(/npm (?:run )?(start|test|check|dev|bench)\b/g)].map(m => m[1])
      expect(named).toEqual(expect.arrayContaining(['start', 'test']))
      expect(named.filter(name => !name || !(name in scripts))).toEqual([])
    }
  })

  test('the settings of both READMEs are those the program reads', () => {
    const settings = [...read('src/platform/config.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map(
      ([, name]) => name,
    )
    const known = settings.sort()
    for (const page of ['README.md', 'README.ar.md']) {
      const rows = read(page)
        .split('\n')
        .flatMap(line => /^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/.exec(line)?.[1] ?? [])
      expect(rows.flatMap(row => row.match(/[A-Z_]+/g) ?? []).sort()).toEqual(known)
    }
  })

  test('every link between pages leads somewhere', () => {
    const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: projectRoot })
    expect(pages.flatMap(page => broken(page, read(page)))).toEqual([])
    expect(broken('docs/map.md', '[x](guide/nothing.md)')).toHaveLength(1)
  })

  test('every decision is dated', () => {
    const pages = globSync('docs/decisions/*.md', { cwd: projectRoot })
    expect(pages.length).toBeGreaterThan(5)
    expect(pages.filter(page => !isDated(read(page)))).toEqual([])
    expect(isDated('# 1. Something\n\nsome day')).toBe(false)
  })

  test('the licences of others are those of the packages installed', () => {
    execFileSync(process.execPath, ['notices.mjs', '--check'], { cwd: projectRoot, stdio: 'pipe' })
  })

  test('the glossary tells each term once', () => {
    expect(doubled(read('docs/glossary.md'))).toEqual([])
    expect(doubled('| صندوق | till |\n| صندوق | box |')).toHaveLength(1)
  })
  test('the identifiers of the glossary are those of the program', () => {
    const program = ['src/**/*.{ts,tsx}', 'catalogue/*.yaml', 'migrations/*.sql']
      .flatMap(pattern => globSync(pattern, { cwd: projectRoot }))
      .map(read)
      .join('\n')
    expect(unknown(read('docs/glossary.md'), program)).toEqual([])
    expect(unknown('| باب | `no-such-name` | |', program)).toEqual(['no-such-name'])
  })
})
