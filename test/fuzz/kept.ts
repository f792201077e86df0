import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'
import type { Edit, Input, Text } from './input.ts'
import { type OpenTown, openTown, type Setting } from './town.ts'

/** An input that failed once, as small as it could be made, and what was wrong then. */
export type Kept = { found: string; input: Input }

const folder = join(projectRoot, 'test/fuzz/kept')

/** Every input that failed once, by the name of its file. */
export const everyKept = (): [string, Kept][] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Kept])

/** Keeps an input; gives the name of its file. */
export function keep(kept: Kept): string {
  const hash = createHash('sha256').update(JSON.stringify(kept.input)).digest('hex').slice(0, 8)
  const name = `${`${kept.input.method}${kept.input.route}`.replace(/[^a-z0-9]+/gi, '-')}-${hash}.json`
  writeFileSync(join(folder, name), `${JSON.stringify(kept, null, 2)}\n`)
  return name
}

/** Sends an input alone; gives what is wrong with the answer, and what the server said of it in its log. */
export async function replay(town: OpenTown, input: Input): Promise<string[]> {
  const before = town.child.errors.length
  const { faults } = await town.send(0, input)
  const errors = town.child.errors.slice(before)
  return [
    ...faults,
    ...(town.child.fell() ? ['the server ended'] : []),
    ...errors.map(each => `log: ${each}`),
  ]
}

/** Makes an input that fails as small as it gets; undefined where it does not fail alone in a new town. */
export async function shrink(setting: Setting, input: Input): Promise<Kept | undefined> {
  let town = await openTown(setting)
  let turns = 0
  const fails = async (one: Input): Promise<string | undefined> => {
    turns += 1
    const [first] = await replay(town, one)
    if (town.child.fell()) {
      await town.close()
      town = await openTown(setting)
    }
    return first
  }
  try {
    let found = await fails(input)
    if (found === undefined) return undefined
    let small = input
    for (let again = true; again && turns < 60; ) {
      again = false
      for (const smaller of smallerThan(small)) {
        const still = turns < 60 ? await fails(smaller) : undefined
        if (still === undefined) continue
        ;[small, found, again] = [smaller, still, true]
        break
      }
    }
    return { found: found.slice(0, 500), input: small }
  } finally {
    await town.close()
  }
}

/** The same with one thing less, or with a shorter text. */
function* smallerThan(input: Input): Generator<Input> {
  const { edits } = input
  for (const at of edits.keys()) yield { ...input, edits: edits.filter((_, index) => index !== at) }
  for (const [at, edit] of edits.entries())
    for (const smaller of shorter(edit))
      yield { ...input, edits: edits.map((each, index) => (index === at ? smaller : each)) }
}

function shorter(edit: Edit): Edit[] {
  if (!('as' in edit) || edit.as === null || edit.as === undefined) return []
  if (Array.isArray(edit.as)) return edit.as.map(as => ({ ...edit, as }) as Edit)
  return halves(edit.as).map(as => ({ ...edit, as }) as Edit)
}

function halves(text: Text): Text[] {
  if (typeof text !== 'string')
    return text.times > 1 ? [{ ...text, times: Math.ceil(text.times / 2) }, text.repeat] : [text.repeat]
  const middle = Math.floor(text.length / 2)
  return middle === 0 || text.startsWith('{{') ? [] : [text.slice(0, middle), text.slice(middle)]
}
