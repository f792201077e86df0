import { searchTokens } from '../../../lib/arabic.ts'
import type { CatalogueService } from '../shelf.ts'

/** What was searched and not found may be misspelt, or one word too many: the services nearest to it, the nearest first. */
export function suggestServices(
  offered: readonly CatalogueService[],
  text: string,
  limit = 3,
): CatalogueService[] {
  const asked = searchTokens(text.slice(0, 100)).slice(0, 6)
  return offered
    .map(service => ({ service, score: nearness(asked, wordsOf(service)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ service }) => service)
}

function wordsOf({ service: { definition } }: CatalogueService): string[] {
  const { name, summary, keywords } = definition
  return searchTokens([name.ar, name.en, ...keywords, summary.ar, summary.en].join(' '))
}

/** Each word asked for gives what its best match gives: 2 for a beginning, 1 for a word a letter or two away. */
function nearness(asked: readonly string[], words: readonly string[]): number {
  let score = 0
  for (const each of asked) {
    if (each.length < 2) continue
    if (words.some(word => word.startsWith(each) || (word.length > 2 && each.startsWith(word)))) score += 2
    else if (words.some(word => isNear(each, word))) score += 1
  }
  return score
}

function isNear(a: string, b: string): boolean {
  const most = Math.floor(Math.max(a.length, b.length) / 3)
  return most > 0 && Math.abs(a.length - b.length) <= most && distance(a, b) <= most
}

/** How many letters must be changed, added or dropped to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
