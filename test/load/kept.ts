import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Laid } from './country.ts'
import type { Lying } from './past.ts'

/** Ids of the staff by post. */
export type Posts = { clerks: string[]; officers: string[] }

/** What a later run has to know of a town that is kept in a folder, beside its data. */
export type Kept = {
  town: string
  apiKey: string
  keyId: string
  people: Laid['people']
  lying: Lying
  posts: Posts
  requests: number
}

const file = (folder: string) => join(folder, 'scene.json')

export const isKept = (folder: string): boolean => existsSync(file(folder))

export const readKept = (folder: string): Kept => JSON.parse(readFileSync(file(folder), 'utf8')) as Kept

/** Written last: a folder without it holds nothing that could be used. */
export function keep(folder: string, kept: Kept): void {
  const draft = `${file(folder)}.draft`
  writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 })
  renameSync(draft, file(folder))
}
