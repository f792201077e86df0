export { type Ear, LiveHub, liveOf, type News } from './hub.ts'
export { startRelay } from './relay.ts'
