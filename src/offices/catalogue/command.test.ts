import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { smallService } from '../../kernel/definition/testing/small.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { catalogueCommand } from './command.ts'

/** What the command says, and how it ends. */
async function check(...words: string[]): Promise<{ said: string[]; ended: string }> {
  const said: string[] = []
  const program = new Command('shubbak').exitOverride()
  catalogueCommand(program, { say: line => void said.push(line) }, () => ['planning.record'])
  const ended = await program.parseAsync(['catalogue', 'check', ...words], { from: 'user' }).then(
    () => 'well',
    (error: unknown) => {
      if (!(error instanceof PlainError)) throw error
      return error.message
    },
  )
  return { said, ended }
}

/** A folder with one service, whose last step stands in a common file of the folder's own. */
function aFolder(change: (source: string) => string = source => source): string {
  const path = mkdtempSync(join(tmpdir(), 'shubbak-check-'))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(join(path, 'common'))
  const own = smallService.slice(smallService.indexOf('  - id: handover'), smallService.indexOf('outputs:'))
  const part = own.replace('  - id:', '    id:')
  writeFileSync(
    join(path, 'common', 'closing.yaml'),
    `format: 1\ncommon: closing\nparts:\n  handover:\n${part}`,
  )
  const source = `${smallService.replace(own, '  - { use: closing.handover }\n')}${example}`
  writeFileSync(join(path, 'TST-01.yaml'), change(source))
  return path
}
const example = `examples:
  - id: small
    name: { ar: صغير, en: Small }
    answers: { kind: small }
    acts: [pay, { step: review, fields: { measured: false } }, decision, signature, execution, handover]
    # What came of it.
    expect: { papers: [], fees: {}, way: [], messages: [], state: x, due: none }
`

describe('shubbak catalogue check', () => {
  test('names each fault by file, line and place, in Arabic, and counts what was tried', async () => {
    const folder = aFolder()
    const lines = readFileSync(join(folder, 'TST-01.yaml'), 'utf8').split('\n')
    const at = lines.findIndex(line => line.includes('expect:')) + 1
    const { said, ended } = await check(folder)
    expect(said).toContainEqual(
      expect.stringMatching(new RegExp(`^TST-01\\.yaml:${at} examples\\[0\\]\\.expect\\.way: .*review`)),
    )
    expect(said.at(-1)).toMatch(/^1 services, 1 examples, 5 of 10 branches taken, \d+ ms$/)
    expect(ended).toMatch(/^\d+ faults in 1 services$/)
  })

  test('writes what came when asked, and leaves the rest as it was', async () => {
    const folder = aFolder()
    const file = join(folder, 'TST-01.yaml')
    const before = readFileSync(file, 'utf8')
    const { said } = await check(folder, '--accept')
    expect(said.filter(line => line.includes('expect'))).toEqual([])
    const after = readFileSync(file, 'utf8')
    const start = before.indexOf('    expect:') + '    expect:'.length
    expect(after.slice(0, start)).toBe(before.slice(0, start))
    expect(after).toContain('      way: [review, decision, signature, execution, handover]\n')
  })

  test('says what a program reads', async () => {
    const { said } = await check(
      aFolder(source => source.replace('group: tests', 'group: tests\ncolour: red')),
      '--json',
    )
    const [fault] = (JSON.parse(said.join('')) as { faults: { file: string; code: string; path: string }[] })
      .faults
    expect(fault).toMatchObject({ file: 'TST-01.yaml', code: 'unknown-key', path: 'colour' })
  })

  test('goes through one service of the product by its code', async () => {
    const { said, ended } = await check('WAT-01')
    expect([said.at(-1)?.split(',')[0], ended.includes('There is no service')]).toEqual(['1 services', false])
    expect((await check('XYZ-99')).ended).toBe('There is no service file here')
  })
})
