export { type Ear, liveOf, type News } from './hub.ts'
export { startRelay } from './relay.ts'
