import type { Command } from 'commander'
import { addSigningKey } from '../../platform/crypto/index.ts'
import type { House } from '../../platform/house.ts'
import { sealTown } from './sealer.ts'
import { lastCheckpoint } from './store.ts'

type Tools = {
  config: { readonly secretFile: string }
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  say(line: string): void
}

/** `shubbak seal`: seals what waits, and prints each town's checkpoint, to be kept where nobody of the installation can reach it. */
export function sealCommand(program: Command, { config, inHouse, say }: Tools): void {
  program
    .command('seal')
    .description("seal what waits and print each town's signed checkpoint, to be kept outside")
    .option(
      '--new-key',
      'put a new signing key into the secret file first; the earlier ones go on signing beside it',
    )
    .action(async ({ newKey }: { newKey?: true }) => {
      if (newKey) {
        addSigningKey(config.secretFile)
        say(
          `${config.secretFile} has a new signing key: keep a copy of the file apart, and restart what runs`,
        )
      }
      await inHouse(async house => {
        const towns = await house.database.directory(q =>
          q.selectFrom('municipality').select('municipality_id as id').orderBy('slug').execute(),
        )
        for (const { id } of towns) {
          await sealTown(house, id)
          const checkpoint = await house.database.read(id, lastCheckpoint)
          if (checkpoint) say(checkpoint.note)
        }
      })
    })
}
