import { allFigures } from '../../../src/figures.ts'
import type { BigTown, Lists } from './town.ts'

/** Read of each town every half minute for who watches the installation. Of messages ten thousand are counted on purpose; the disks and the queue are of no town. */
const ofTowns = new Set(['seal', 'backup', 'payments'])

export const figuresLists = ({ house, bench }: BigTown): Lists =>
  Object.fromEntries(
    allFigures
      .filter(({ part }) => ofTowns.has(part))
      .map(({ part, read }) => [
        `the figures of ${part}`,
        (_tx, database) => read({ ...house, database }, [{ id: bench.town.id, slug: 'town' }]),
      ]),
  )
