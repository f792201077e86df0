import * as bulletins from '../../../src/offices/bulletins/store.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of bulletins. */
export const bulletinsLists = ({ person, now }: BigTown): Lists => ({
  'bulletins, the newest first': async tx => {
    await bulletins.listBulletins(tx)
    await bulletins.listBulletins(tx, { before: { at: now, id: person } })
  },
  'bulletins something is to be done for': tx => bulletins.bulletinsAtWork(tx, now),
  'bulletins by their ids': tx => bulletins.bulletinsByIds(tx, [person]),
  'some recipients of a bulletin': tx => bulletins.recipientsByNumber(tx, person, [1, 2]),
  'bad lines of a bulletin': tx => bulletins.badLinesOf(tx, person),
  'feeders of the town': tx => bulletins.feedersOf(tx),
})
