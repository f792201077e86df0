import * as centreFigures from '../../../src/offices/centre/floor/figures.ts'
import { tripsOfLate } from '../../../src/offices/centre/floor/figures.ts'
import { overtakings } from '../../../src/offices/centre/floor/overtaking.ts'
import { filesToReview } from '../../../src/offices/centre/floor/review.ts'
import { latePeople, lateTasks, stoppers, workByOffice } from '../../../src/offices/centre/floor/work.ts'
import type { BigTown, Lists } from './town.ts'

const spanOf = (to: Date) => ({ from: new Date(to.getTime() - 86_400_000), to })

/** Lists of the centre of service. */
export const centreLists = ({ now, manager }: BigTown): Lists => ({
  'where the work stands': tx => workByOffice(tx),
  'what is late': tx => lateTasks(tx, manager),
  'what is late at one office': tx => lateTasks(tx, manager, { office: 'planning' }),
  'who has what late': tx => latePeople(tx),
  'what stops requests': tx => stoppers(tx),
  'the figures of a day': tx => centreFigures.dayFigures(tx, spanOf(now), spanOf(now)),
  'promises kept': tx => centreFigures.promisesKept(tx),
  'what came by other doors': tx => centreFigures.cameOutside(tx),
  'visits a request costs of late': tripsOfLate,
  'who overtook whom': tx => overtakings(tx, manager),
  'files to review': tx => filesToReview(tx, manager),
})
