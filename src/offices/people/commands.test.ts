import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { testDatabase } from '../../../test/database.ts'
import type { House } from '../../platform/house.ts'
import { peopleCommands } from './index.ts'
import { logInStaff } from './log-in/staff.ts'

const db = await testDatabase()
const house = aHouse(db)

async function run(...words: string[]): Promise<string> {
  const lines: string[] = []
  const program = new Command('shubbak').exitOverride()
  peopleCommands(program, {
    inHouse: <T>(work: (house: House) => Promise<T>) => work(house),
    say: line => void lines.push(line),
  })
  await program.parseAsync(words, { from: 'user' })
  return lines.join('\n')
}
const townOf = (slug: string) =>
  db.owner.selectFrom('municipality').selectAll().where('slug', '=', slug).executeTakeFirstOrThrow()
const add = (slug: string) => run('town', 'add', slug, '--name', 'بلدية سلفيت', '--phone', '092515000')

describe('an operator', () => {
  test('enters a town, an office and a first log-in, which opens the door', async () => {
    await add('salfit')
    await run('office', 'add', 'salfit', 'it', '--name', 'الحاسوب')
    const said = await run(
      'staff',
      'add',
      'salfit',
      'Huda',
      '--name',
      'هدى قطب',
      '--office',
      'it',
      '--role',
      'admin',
    )
    const password = /Password:\s+(\S+)/.exec(said)?.[1] ?? ''
    const town = await townOf('salfit')
    expect(town).toMatchObject({ name_ar: 'بلدية سلفيت', time_zone: 'Asia/Hebron', is_demo: false })
    const entered = await logInStaff(house, town.municipality_id, { login: 'huda', password, code: '' })
    expect(entered.kind).toBe('first')
    const left: string[] = []
    house.events.on('people.posts-ended', async (_, { staffId }) => void left.push(staffId))
    await run('staff', 'leave', 'salfit', 'huda')
    expect(left).toHaveLength(1)
    await expect(run('staff', 'leave', 'salfit', 'huda')).rejects.toThrow('They have left already')
  })

  test('is told in one plain line what cannot be', async () => {
    await add('jenin')
    await expect(add('jenin')).rejects.toThrow('There is a town of this short name already')
    await expect(add('No Town')).rejects.toThrow('no short name')
    await expect(run('office', 'add', 'nowhere', 'it', '--name', 'x')).rejects.toThrow(
      'There is no town nowhere',
    )
    const staff = ['staff', 'add', 'jenin', 'ali', '--name', 'علي', '--office']
    await expect(run(...staff, 'it', '--role', 'admin')).rejects.toThrow('There is no office it')
    await expect(run(...staff, 'it', '--role', 'king')).rejects.toThrow('no role')
  })

  test('makes a key for a partner, of which only the hash is kept', async () => {
    await add('tubas')
    const said = await run('key', 'add', 'tubas', 'سلطة المياه', 'requests:read', 'requests:write')
    const key = said.split('\n')[0] ?? ''
    const row = await db.owner.selectFrom('api_key').selectAll().executeTakeFirstOrThrow()
    expect(key).toMatch(/^shk_[\w-]{43}$/)
    expect(row.scopes).toEqual(['requests:read', 'requests:write'])
    expect(row.key_hash.toString()).not.toContain(key)
  })
})
