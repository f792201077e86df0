import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { createCrypto, readSecretFile } from '../../platform/crypto/index.ts'
import type { House } from '../../platform/house.ts'
import { errorCode, PlainError } from '../../platform/plain-error.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { openFolder, originOf, readKeys, verifierOf, verifyFolder } from '../seal/index.ts'
import type { Finding } from './model.ts'
import { type Verified, verifyTown } from './town.ts'

type Tools = {
  config?: { readonly secretFile: string }
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  say(line: string): void
}

type Options = { deep: boolean; checkpoint: string[]; from?: string; key?: string }

/** What a folder is not asked: said with every answer, so that nobody takes it for more than it is. */
const notFromFolder =
  'not checked from a folder: requests against their acts, books against their vouchers, rules between tables (restore it into an empty installation and verify that)'

/** Of each kind so many are printed; the rest are counted. */
const shownOfAKind = 50
const another = (value: string, earlier: string[]) => [...earlier, value]

/** `shubbak verify`: what the towns hold, compared with what their history says and with what was sealed. */
export function verifyCommand(program: Command, { config, inHouse, say }: Tools): void {
  program
    .command('verify')
    .description('compare what the towns hold with their history; ends with 1 when anything is wrong')
    .argument('[town]', 'short name of one town; all of them otherwise')
    .option('--deep', 'read every kept file again, not those of certificates alone', false)
    .option('--checkpoint <file>', 'a checkpoint kept outside; may be given again', another, [])
    .option('--from <folder>', 'an export or backup instead of the database: its sealed record and its files')
    .option('--key <file>', 'with --from: the public keys to believe, as /open/seal/key gives them')
    .action(async (slug: string | undefined, { deep, checkpoint, from, key }: Options) => {
      const checkpoints = checkpoint.map(name => ({ name, note: readGiven(name) }))
      const findings =
        from === undefined
          ? await inHouse(async house => {
              let sum = 0
              for (const town of await chosen(house, slug))
                sum += await tellOf(town, say, found => verifyTown(house, town, { deep, found, checkpoints }))
              return sum
            })
          : await verifyExport(from, slug, { checkpoints, key, secretFile: config?.secretFile, say })
      if (findings > 0) throw new PlainError(`${findings} found wrong`)
    })
}

function readGiven(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new PlainError(`${path} cannot be read (${errorCode(error)})`)
  }
}

type Given = {
  checkpoints: { name: string; note: string }[]
  key: string | undefined
  secretFile: string | undefined
  say: Tools['say']
}

async function verifyExport(from: string, slug: string | undefined, given: Given): Promise<number> {
  const { checkpoints: outside, key, secretFile, say } = given
  const folder = await openFolder(from)
  const towns = folder.towns.filter(town => slug === undefined || town.slug === slug)
  if (towns.length === 0) throw new PlainError(`There is no town ${slug} in ${from}`)
  const crypto = secretFile && existsSync(secretFile) ? createCrypto(readSecretFile(secretFile)) : undefined
  let sum = 0
  for (const town of towns) {
    const ofFile = key === undefined ? [] : readKeys(readGiven(key).split('\n'))
    const ours = crypto?.signers(town.id).map(each => verifierOf(originOf(town.slug), each.publicKey)) ?? []
    const keys = key === undefined ? ours : ofFile
    if (keys.length === 0) say(`${town.slug}: no key was given, so those in the export itself are believed`)
    sum += await tellOf(town, say, async found => {
      const verified: Verified = { findings: 0, counts: {} }
      const telling = {
        found(finding: Finding) {
          verified.findings += 1
          found(finding)
        },
        counted(what: string, number: number) {
          verified.counts[what] = number
        },
      }
      await verifyFolder(folder, town, { ...telling, outside, keys })
      return { ...verified, unasked: notFromFolder }
    })
  }
  return sum
}

async function chosen(house: House, slug: string | undefined): Promise<Town[]> {
  const towns = await openTownDirectory(house.database, () => performance.now()).all()
  const some = slug === undefined ? towns : towns.filter(town => town.slug === slug)
  if (slug !== undefined && some.length === 0)
    throw new PlainError(`There is no town ${slug}: see shubbak town add`)
  return some
}

async function tellOf(
  town: { slug: string },
  say: (line: string) => void,
  verify: (found: (finding: Finding) => void) => Promise<Verified & { unasked?: string }>,
): Promise<number> {
  const began = performance.now()
  const kinds = new Map<string, number>()
  const found = ({ code, subject, details }: Finding) => {
    const times = (kinds.get(code) ?? 0) + 1
    kinds.set(code, times)
    if (times <= shownOfAKind) say(`${town.slug}: ${code} ${subject} ${JSON.stringify(details)}`)
  }
  const { findings, counts, unasked } = await verify(found)
  for (const [code, times] of kinds)
    if (times > shownOfAKind) say(`${town.slug}: ${code} and ${times - shownOfAKind} more`)
  const seen = Object.entries(counts).map(([what, number]) => `${number} ${what}`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(
    `${town.slug}: ${findings === 0 ? 'nothing found' : `${findings} found`} in ${seconds} s (${seen.join(', ')})${unasked ? `; ${unasked}` : ''}`,
  )
  return findings
}
