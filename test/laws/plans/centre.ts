import { cameOutside, dayFigures, tripsOfLate } from '../../../src/offices/centre/floor/figures.ts'
import { overtakings } from '../../../src/offices/centre/floor/overtaking.ts'
import { filesToReview } from '../../../src/offices/centre/floor/review.ts'
import { lateTasks, openWork } from '../../../src/offices/centre/floor/work.ts'
import { type BigTown, type Lists, today, zone } from './town.ts'

/** Lists of the centre of service. */
export const centreLists = ({ manager }: BigTown): Lists => ({
  'where the work stands': tx => openWork(tx),
  'what is late': tx => lateTasks(tx, manager),
  'what is late at one office': tx => lateTasks(tx, manager, { office: 'planning' }),
  'the figures of a day': tx => dayFigures(tx, today, zone),
  'what came by other doors': tx => cameOutside(tx),
  'visits a request costs of late': tripsOfLate,
  'who overtook whom': tx => overtakings(tx, manager),
  'files to review': tx => filesToReview(tx, manager),
})
