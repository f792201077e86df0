import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { addSigningKey, keepNewestSigningKey } from '../../platform/crypto/index.ts'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { listKeys } from './list.ts'
import { newIndexLayer, newSealingKey, relayerAll, resealAll, retireKey } from './rotate.ts'

type Tools = {
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  say(line: string): void
}

const minutesOf = (text: string): number => {
  const minutes = Number(text)
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= 10_080) return minutes
  throw new InvalidArgumentError('whole minutes, a week at most')
}

const kinds = ['sealing', 'index', 'signing'] as const

/** `shubbak keys list`, `rotate` and `retire`. */
export function keysCommand(program: Command, tools: Tools): void {
  const { inHouse, say } = tools
  const keys = program
    .command('keys')
    .description('which secrets there are, and new ones in their place (docs/guide/keys.md)')
  keys
    .command('list')
    .description('every secret: where it lives, since when, what needs it; never the secret itself')
    .action(() =>
      inHouse(async house => {
        for (const line of await listKeys(house)) say(line)
      }),
    )
  keys
    .command('rotate')
    .description('a new key, and everything brought to it; stopped anywhere, run it again with --go-on')
    .argument('<kind>', 'sealing, index or signing')
    .option(
      '--after <minutes>',
      'use it only then: for copying the file to other machines first',
      minutesOf,
      0,
    )
    .option('--go-on', 'make no new key: bring everything to the newest there is')
    .action((kind: string, options: { after: number; goOn?: true }) =>
      inHouse(house => rotate(house, kind, options, say)),
    )
  keys
    .command('retire')
    .description('take out a sealing key that nothing needs any more, or all signing keys but the newest')
    .argument('<key>', 'the number of a sealing key (shubbak keys list), or: signing')
    .action((key: string) =>
      inHouse(async house => {
        if (key === 'signing') {
          keepNewestSigningKey(house.config.secretFile)
          say('Only the newest signing key signs. What the others signed stays known by /open/seal/key')
          return
        }
        if (!/^\d{1,5}$/.test(key)) throw new PlainError('Name the number of a sealing key, or signing')
        const copy = await retireKey(house, Number(key))
        say(`Sealing key ${key} is out. Backups made until now need ${copy}: keep it apart as long as them`)
      }),
    )
}

async function rotate(
  house: House,
  kind: string,
  { after, goOn }: { after: number; goOn?: true },
  say: (line: string) => void,
): Promise<void> {
  if (!kinds.some(each => each === kind)) throw new PlainError(`Name one of: ${kinds.join(', ')}`)
  const file = house.config.secretFile
  if (kind === 'signing') {
    if (goOn) throw new PlainError('A signing key needs nothing more: it signs from the next minute on')
    addSigningKey(file)
    say(`${file} has a new signing key; the earlier ones sign beside it until shubbak keys retire signing`)
    return
  }
  if (!goOn) {
    const { id, from } = kind === 'sealing' ? newSealingKey(house, after) : newIndexLayer(house, after)
    say(`${file} has a new ${kind} key, ${id}: copy the file apart, and to every machine this runs on`)
    if (after > 0) {
      say(`It is used from ${from.toISOString()}; each night, or with --go-on, everything is brought to it`)
      return
    }
    // Every process of this machine reads the file meanwhile.
    await sleep(Math.max(0, from.getTime() - house.clock.now().getTime()) + 100)
  }
  if (kind === 'sealing') {
    const { resealed, unreadable } = await resealAll(house, say)
    say(`Sealed anew: ${resealed}`)
    if (unreadable > 0) throw new PlainError(`Fields that no key opens, left as they are: ${unreadable}`)
    return
  }
  say(`Made anew: ${await relayerAll(house, say)}`)
}
