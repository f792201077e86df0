import type { House } from '../../platform/house.ts'
import { liveOf } from '../../platform/live/index.ts'

/** The region of pages that show how far bulletins are. */
export const bulletinsTopic = 'bulletins'

/** Open pages that show how far a bulletin is look again. */
export const tellBulletins = (house: Pick<House, 'events'>, town: string): void =>
  liveOf(house).publish({ town, topics: [bulletinsTopic] })
