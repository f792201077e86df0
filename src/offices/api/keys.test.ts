import { expect, test } from 'vitest'
import type { Doorkeeper, Visitor } from '../../web/actor.ts'
import { rememberPartners } from './keys.ts'

const partner: Visitor = { actor: { kind: 'partner', keyId: 'k', scopes: [] }, name: 'bank' }

function aKeeper(answer: () => Promise<Visitor | undefined>) {
  const asked: string[] = []
  const keeper: Doorkeeper = {
    visitorOf: async () => undefined,
    recordLooks: async () => {},
    partnerOf: (town, key) => {
      asked.push(`${town} ${key}`)
      return answer()
    },
  }
  return { asked, remembered: rememberPartners(keeper) }
}

test('a key is looked up once in a few seconds, for each town by itself', async () => {
  const { asked, remembered } = aKeeper(async () => partner)
  for (const town of ['a', 'a', 'b']) expect(await remembered.partnerOf(town, 'key')).toBe(partner)
  expect(asked).toEqual(['a key', 'b key'])
})

test('a key nobody has is looked up each time, and so is one whose lookup failed', async () => {
  const unknown = aKeeper(async () => undefined)
  for (let i = 0; i < 2; i++) expect(await unknown.remembered.partnerOf('a', 'key')).toBeUndefined()
  expect(unknown.asked).toHaveLength(2)
  const broken = aKeeper(() => Promise.reject(new Error('no database')))
  for (let i = 0; i < 2; i++) await expect(broken.remembered.partnerOf('a', 'key')).rejects.toThrow()
  expect(broken.asked).toHaveLength(2)
})
