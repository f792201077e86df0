import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../test/builders/house.ts'
import { anOffice, aTown } from '../../test/builders/people.ts'
import { townOffices } from '../../test/builders/requests.ts'
import { testDatabase } from '../../test/database.ts'
import { catalogueOf } from '../offices/catalogue/index.ts'
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

/** A folder of service files of its own, which a test may spoil. */
function aFolder(): { path: string; change(file: string, from: string, to: string): void } {
  const path = mkdtempSync(join(tmpdir(), 'shubbak-services-'))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  cpSync(join(projectRoot, 'catalogue'), path, { recursive: true })
  return {
    path,
    change(file, from, to) {
      const before = readFileSync(join(path, file), 'utf8')
      expect(before).toContain(from)
      writeFileSync(join(path, file), before.replace(from, to))
    },
  }
}

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
    expect(offered.map(each => each.split(' ')[0])).toEqual([
      'ADM-01',
      'ADM-05',
      'ELE-01',
      'ELE-04',
      'FIN-01',
      'WAT-01',
    ])
    expect(tariffs).toEqual(
      expect.arrayContaining(['applicationFee', 'consumptionDeposit', 'subscriptionFee', 'waterPipeHalf']),
    )
  })

  test('run again changes nothing and says that too', async () => {
    const { id, slug } = await aTown(house)
    await publish(slug)
    const before = await shelf(id)
    db.clock.advance(1_000)
    const again = await publish(slug)
    expect(again).toMatch(/^ADM-01 version \d+: unchanged$/m)
    expect(again).not.toContain(': published')
    expect(await shelf(id)).toEqual(before)
  })

  test('names the offices the town still lacks, and is silent once they are there', async () => {
    const { id, slug } = await aTown(house)
    expect(await publish(slug)).toMatch(/the town lacks: .*service-centre/)
    for (const [code] of townOffices) await anOffice({ house, town: id }, { code })
    expect(await publish(slug)).not.toContain('lacks')
  })

  test('publishes a new version beside the old, and refuses a changed text under an old number, whole', async () => {
    const { id, slug } = await aTown(house)
    await publish(slug)
    const changed = aFolder()
    changed.change('ADM-01.yaml', 'version: 1', 'version: 2')
    changed.change('ELE-01.yaml', 'amount: 170', 'amount: 180')
    await expect(publish(slug, changed.path)).rejects.toThrow(/ELE-01\.yaml: .*next version number/)
    expect((await shelf(id)).offered).toContain('ADM-01 1')
    changed.change('ELE-01.yaml', 'version: 1', 'version: 2')
    expect(await publish(slug, changed.path)).toContain('ELE-04 version 1: unchanged')
    expect((await shelf(id)).offered).toEqual([
      'ADM-01 2',
      'ADM-05 1',
      'ELE-01 2',
      'ELE-04 1',
      'FIN-01 1',
      'WAT-01 1',
    ])
  })

  test('asks for a town that is there, and entering one tells to publish next', async () => {
    await expect(publish('nowhere')).rejects.toThrow('There is no town nowhere')
    const said = await run('town', 'add', 'yatta', '--name', 'بلدية يطا', '--phone', '022270000')
    expect(said).toContain('shubbak services publish yatta')
  })
})
