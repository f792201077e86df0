import type { House } from '../../platform/house.ts'
import { liveOf } from '../../platform/live/index.ts'
import { hallTopic } from './window/strip.tsx'

/** Open screens and strips hear when the queue has moved. */
export function showMoves(house: House): void {
  house.events.after('visits.moved', town => liveOf(house).publish({ town, topics: [hallTopic] }))
}
