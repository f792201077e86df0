import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../test/builders/house.ts'
import { anOffice, aTown } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { catalogueOf, loadServiceFiles, usualOffices } from '../offices/catalogue/index.ts'
import { peopleCommands } from '../offices/people/index.ts'
import { tariffsOn } from '../offices/treasury/index.ts'
import type { House } from '../platform/house.ts'
import { projectRoot } from '../platform/root.ts'
import { servicesCommand } from './services.ts'

const db = await testDatabase()
const house = aHouse(db)

async function run(...words: string[]): Promise<string> {
  const lines: string[] = []
  const program = new Command('shubbak').exitOverride()
  const tools = {
    inHouse: <T>(work: (house: House) => Promise<T>) => work(house),
    say: (line: string) => void lines.push(line),
  }
  peopleCommands(program, tools)
  servicesCommand(program, tools)
  await program.parseAsync(words, { from: 'user' })
  return lines.join('\n')
}
const publish = (slug: string, ...folder: string[]) => run('services', 'publish', slug, ...folder)

/** A few of the services in a folder of their own, which a test may spoil. */
function aFolder() {
  const path = mkdtempSync(join(tmpdir(), 'shubbak-services-'))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  const shipped = join(projectRoot, 'catalogue')
  cpSync(join(shipped, 'common'), join(path, 'common'), { recursive: true })
  for (const code of few) cpSync(join(shipped, `${code}.yaml`), join(path, `${code}.yaml`))
  const read = (code: string) => readFileSync(join(path, `${code}.yaml`), 'utf8')
  const write = (code: string, text: string) => writeFileSync(join(path, `${code}.yaml`), text)
  return {
    path,
    change(code: string, from: string, to: string) {
      expect(read(code)).toContain(from)
      write(code, read(code).replace(from, to))
    },
    /** Gives the file the next version number and says which. */
    raise(code: string): string {
      const version = Number(/^version: (\d+)$/m.exec(read(code))?.[1]) + 1
      write(code, read(code).replace(/^version: \d+$/m, `version: ${version}`))
      return `${code} ${version}`
    },
  }
}
const few = ['ADM-01', 'ELE-01', 'ELE-04']

async function shelf(townId: string) {
  return house.database.read(townId, async tx => ({
    offered: (await catalogueOf(tx)).offered.map(({ code, version }) => `${code} ${version}`),
    tariffs: Object.keys(await tariffsOn(tx, '2026-03-01')),
    rows: (await tx.q.selectFrom('tariff').select('key').where('municipality_id', '=', townId).execute())
      .length,
  }))
}

describe('shubbak services publish', () => {
  test('puts every service on the shelf with the amounts it starts from, and says so', async () => {
    const { id, slug } = await aTown(house)
    const said = await publish(slug)
    expect(said).toMatch(/^ADM-01 version \d+: published$/m)
    expect(said).toContain('/manage')
    const { offered, tariffs } = await shelf(id)
    expect(offered).toEqual((await loadServiceFiles()).map(({ code, version }) => `${code} ${version}`))
    expect(tariffs).toEqual(
      expect.arrayContaining(['applicationFee', 'consumptionDeposit', 'subscriptionFee']),
    )
  })

  test('run again changes nothing and says that too', async () => {
    const { id, slug } = await aTown(house)
    const { path } = aFolder()
    await publish(slug, path)
    const before = await shelf(id)
    db.clock.advance(1_000)
    const again = await publish(slug, path)
    expect(again).toMatch(/^ADM-01 version \d+: unchanged$/m)
    expect(again).not.toContain(': published')
    expect(await shelf(id)).toEqual(before)
  })

  test('names the offices the town still lacks, and is silent once they are there', async () => {
    const { id, slug } = await aTown(house)
    const { path } = aFolder()
    expect(await publish(slug, path)).toMatch(/the town lacks: .*service-centre/)
    for (const { code } of await usualOffices()) await anOffice({ house, town: id }, { code })
    expect(await publish(slug, path)).not.toContain('lacks')
  })

  test('publishes a new version beside the old, and refuses a changed text under an old number, whole', async () => {
    const { id, slug } = await aTown(house)
    const folder = aFolder()
    await publish(slug, folder.path)
    const { offered } = await shelf(id)
    const certificate = folder.raise('ADM-01')
    folder.change('ELE-01', 'keywords: [', 'keywords: [ساعة، ')
    await expect(publish(slug, folder.path)).rejects.toThrow(/ELE-01\.yaml: .*next version number/)
    expect((await shelf(id)).offered).toEqual(offered)
    const electricity = folder.raise('ELE-01')
    expect(await publish(slug, folder.path)).toMatch(/ELE-04 version \d+: unchanged/)
    expect((await shelf(id)).offered).toEqual([certificate, electricity, offered[2]])
  })

  test('asks for a town that is there, and entering one tells to publish next', async () => {
    await expect(publish('nowhere')).rejects.toThrow('There is no town nowhere')
    const said = await run('town', 'add', 'yatta', '--name', 'بلدية يطا', '--phone', '022270000')
    expect(said).toContain('shubbak services publish yatta')
  })
})
