import type { Command } from 'commander'
import type { House, HouseOptions } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { loadDemo } from './load.ts'
import { clearHalf, demoState } from './state.ts'

type Tools = {
  inHouse<T>(work: (house: House) => Promise<T>, options?: HouseOptions): Promise<T>
  say(line: string): void
}

/** Lays out the demo town in a database that does not have it yet. */
export function demoCommand(program: Command, { inHouse, say }: Tools): void {
  program
    .command('demo')
    .description('lay out the demo town; its log-ins go into DATA_DIR/demo-logins.json')
    .action(() =>
      inHouse(
        async house => {
          const state = await demoState(house)
          if (state === 'whole') throw new PlainError('The demo town is already in this database')
          if (state === 'half') await clearHalf(house)
          await loadDemo(house, say)
        },
        { prepare: true },
      ),
    )
}
