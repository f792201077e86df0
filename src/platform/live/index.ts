export { type Ear, liveOf, type News } from './hub.ts'
export { newsNow, startRelay } from './relay.ts'
