import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../src/platform/root.ts'

/**
 * A municipality as `towns.json` has it: a hundred of the 142 there are. The number of people is that of the census of 2017 (25 towns) or of
 * lists of 2015 (13); `verified` says whether it was held against a second source. Of the other 62 none is known here: `population` is null.
 */
type Known = {
  slug: string
  ar: string
  en: string
  region: 'WB' | 'GS'
  population: number | null
  year: number | null
  verified: boolean
}

export type CountryTown = {
  slug: string
  name: { ar: string; en: string }
  region: 'WB' | 'GS'
  population: number
  /** Whether the population was made up, for want of a known one. */
  derived: boolean
}

/**
 * The towns of the country, the largest first. Those of unknown size get one between 3,000 and 14,000, always the same: municipalities smaller
 * than the smallest of the known.
 */
export function townsOfCountry(): CountryTown[] {
  const file = join(projectRoot, 'test/bulk/country/towns.json')
  const known = JSON.parse(readFileSync(file, 'utf8')) as Known[]
  return known
    .map(({ slug, ar, en, region, population }) => ({
      slug,
      name: { ar: `بلدية ${ar}`, en: `${en} Municipality` },
      region,
      population: population ?? made(slug),
      derived: population === null,
    }))
    .sort((a, b) => b.population - a.population || (a.slug < b.slug ? -1 : 1))
}

const made = (slug: string): number =>
  3_000 + (createHash('sha256').update(slug).digest().readUInt32BE() % 11_000)

/** Some of the towns, of all sizes: evenly from the largest to the smallest. */
export function someTowns(count: number): CountryTown[] {
  const all = townsOfCountry()
  if (count >= all.length) return all
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as CountryTown)
}

/** A whole number divided by weights; each gets one at least, and all of them together the whole. */
export function divide(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const parts = weights.map(weight => Math.max(1, Math.floor((whole * weight) / sum)))
  parts[0] = Math.max(1, (parts[0] ?? 0) + whole - parts.reduce((a, b) => a + b, 0))
  return parts
}
