import { Command } from 'commander'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Bench } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { House } from '../../platform/house.ts'
import { verifyCommand } from './index.ts'
import { aWalkedTown, bending, type WalkedTown } from './testing/walked.ts'

const db = await testDatabase()
let walked: WalkedTown
let house: House
let bench: Bench
let requestId: string
beforeAll(async () => {
  walked = await aWalkedTown(db)
  ;({ house, bench, requestId } = walked)
})
const { bend } = bending(db, () => walked)

describe('shubbak verify', () => {
  async function run(...words: string[]): Promise<string[]> {
    const said: string[] = []
    const program = new Command().exitOverride()
    verifyCommand(program, { inHouse: work => work(house), say: line => said.push(line) })
    await program
      .parseAsync(['verify', ...words], { from: 'user' })
      .catch(error => said.push(`! ${error.message}`))
    return said
  }

  test('says what it counted and that nothing was found', async () => {
    const [line, ...rest] = await run()
    expect(rest).toEqual([])
    expect(line).toMatch(
      new RegExp(`^${bench.town.slug}: nothing found in \\d+\\.\\d s \\(2 requests, 7 acts,`),
    )
  })

  test('prints each finding, says how many, and ends with an error', async () => {
    const set = (to: string) => `update request set state = '${to}' where request_id = '${requestId}'`
    await bend(set('rejected'), set('done'))
    const said = await run(bench.town.slug, '--deep')
    expect(said[0]).toContain(
      `request-projection-differs ${requestId} {"state":{"stored":"rejected","told":"done"}}`,
    )
    expect(said.at(-1)).toBe('! 1 found wrong')
  })

  test('knows which towns there are', async () => {
    expect(await run('nowhere')).toEqual(['! There is no town nowhere: see shubbak town add'])
  })
})
