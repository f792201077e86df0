import type { Command } from 'commander'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import type { Finding } from './model.ts'
import { verifyTown } from './town.ts'

type Tools = { inHouse<T>(work: (house: House) => Promise<T>): Promise<T>; say(line: string): void }

/** Of each kind so many are printed; the rest are counted. */
const shownOfAKind = 50

/** `shubbak verify`: what the towns hold, compared with what their history says. */
export function verifyCommand(program: Command, { inHouse, say }: Tools): void {
  program
    .command('verify')
    .description('compare what the towns hold with their history; ends with 1 when anything is wrong')
    .argument('[town]', 'short name of one town; all of them otherwise')
    .option('--deep', 'read every kept file again, not those of certificates alone', false)
    .action((slug: string | undefined, { deep }: { deep: boolean }) =>
      inHouse(async house => {
        let findings = 0
        for (const town of await chosen(house, slug)) findings += await verifyAndTell(house, town, deep, say)
        if (findings > 0) throw new PlainError(`${findings} found wrong`)
      }),
    )
}

async function chosen(house: House, slug: string | undefined): Promise<Town[]> {
  const towns = await openTownDirectory(house.database, () => performance.now()).all()
  const some = slug === undefined ? towns : towns.filter(town => town.slug === slug)
  if (slug !== undefined && some.length === 0)
    throw new PlainError(`There is no town ${slug}: see shubbak town add`)
  return some
}

async function verifyAndTell(
  house: House,
  town: Town,
  deep: boolean,
  say: (line: string) => void,
): Promise<number> {
  const began = performance.now()
  const kinds = new Map<string, number>()
  const found = ({ code, subject, details }: Finding) => {
    const times = (kinds.get(code) ?? 0) + 1
    kinds.set(code, times)
    if (times <= shownOfAKind) say(`${town.slug}: ${code} ${subject} ${JSON.stringify(details)}`)
  }
  const { findings, counts } = await verifyTown(house, town, { deep, found })
  for (const [code, times] of kinds)
    if (times > shownOfAKind) say(`${town.slug}: ${code} and ${times - shownOfAKind} more`)
  const seen = Object.entries(counts).map(([what, number]) => `${number} ${what}`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(
    `${town.slug}: ${findings === 0 ? 'nothing found' : `${findings} found`} in ${seconds} s (${seen.join(', ')})`,
  )
  return findings
}
