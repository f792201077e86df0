import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { causesFor } from './causes.ts'
import { ofWholeTown } from './exceptions.ts'
import { aGround } from './ground.ts'
import { aResult } from './judge.ts'
import { type Answered, knock } from './knock.ts'
import { aWord, type Kind, kinds } from './marks.ts'
import { askAll, comesIn, inTurns } from './matrix.ts'
import { plain } from './plain.ts'
import { keep } from './proof.ts'
import { permits } from './reference.ts'

/**
 * What somebody is told must not depend on what they do not reach: the same is asked of a town before and after another world comes into it,
 * and must be answered to the letter. Whatever counts, sorts, completes, numbers or pages over rows nobody may see is found by that.
 */
const db = await testDatabase()
const ground = await aGround(db)
const names = [
  'nobody',
  'owner',
  'party',
  'agent, in the owner’s place',
  'stranger',
  'partner',
  'partner that filed nothing',
  'officer at electricity',
  'head at works',
  'supervisor at works',
  'legal-adviser at electricity',
  'auditor at works',
  'admin at works',
  'designer at works',
  'collector at works',
  'deputy of the engineer',
]
const visitors = ground.visitors.filter(({ name }) => names.includes(name))
const before = new Map<string, { answered: Answered; text: string }>()

/** Every word at every page that searches. */
const tried: string[] = []

/** Words somebody might try: the name, the number and the beginning of what is to come. */
const tries = [
  aWord('b name'),
  aWord('b name').slice(0, 3),
  '7305/2026',
  '7305',
  aWord('b-1 answer'),
  aWord('b contact'),
]

beforeAll(async () => {
  causesFor(visitors, ground.ledger.units)
  ground.undoing.undo(true)
  const pool = ground.poolOf()
  for (const route of ground.door.routes)
    if (
      route.method === 'get' &&
      !route.address.pattern.includes(':') &&
      visitors.some(visitor => comesIn(visitor, route)) &&
      /search|counter$|requests$|contact$|messages|audit|services$|staff$|receipts$|verify$|track$/.test(
        route.address.pattern,
      )
    )
      for (const word of tries) {
        const path = `${route.address.pattern}?q=${encodeURIComponent(word)}`
        tried.push(path)
        pool.ask(path)
      }
  await askAll({ ...ground, pool }, visitors, aResult(), answered => {
    before.set(`${answered.visitor.name} ${answered.ask.path}`, { answered, text: plain(answered) })
  })
  ground.undoing.undo(false)
  await ground.b()
  ground.undoing.undo(true)
}, 600_000)

test('every word was asked of every page that searches', () => {
  const asked = new Set([...before.values()].map(({ answered }) => answered.ask.path))
  expect(tried.filter(path => !asked.has(path))).toEqual([])
  expect(tried.length).toBeGreaterThan(tries.length * 3)
})

test('nobody is answered otherwise for what they do not reach', { timeout: 600_000 }, async () => {
  const units = ground.ledger.units.filter(({ world }) => world === 'b')
  const differing = new Map<string, Set<string>>()
  const examples = new Map<string, string>()
  let compared = 0
  await inTurns([...before.values()], async ({ answered: { ask, visitor }, text }) => {
    const { route } = ask
    const { pattern } = route.address
    if (pattern in ofWholeTown) return
    if (units.some(unit => (Object.keys(kinds) as Kind[]).some(kind => permits(visitor, route, unit, kind))))
      return
    compared += 1
    const now = plain(await knock(ground.door, visitor, ask))
    if (now === text) return
    examples.set(pattern, around(text, now))
    differing.set(pattern, (differing.get(pattern) ?? new Set()).add(visitor.name))
  })
  const leaks = [...differing].map(
    ([pattern, who]) =>
      `get ${pattern} is answered otherwise → ${[...who].join('; ')}${examples.get(pattern)}`,
  )
  keep('apart', { asked: compared * 2, checks: compared, compared, leaks })
  expect(leaks).toEqual([])
  expect(compared).toBeGreaterThan(1_000)
})

function around(one: string, two: string): string {
  let at = 0
  while (one[at] === two[at] && at < one.length) at += 1
  return `\n   - ${one.slice(Math.max(0, at - 60), at + 80)}\n   + ${two.slice(Math.max(0, at - 60), at + 80)}`
}
