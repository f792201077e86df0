import type { Actor } from '../../../kernel/access/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Desk } from './model.ts'

/** A text that somebody of the staff puts where it belongs. */
export type TextToLink = {
  actor: Actor
  number: number
  year: number
  /** Everybody who uses the telephone it came from. */
  personIds: readonly string[]
  text: string
  incomingId: string
}

export type Linked =
  | { requestId: string; refused?: undefined }
  | {
      refused: 'no-such-request' | 'not-a-party' | 'request-ended' | 'too-many-letters' | 'letter-empty'
      requestId?: undefined
    }

export type TextLinker = (tx: Write, desk: Desk, text: TextToLink) => Promise<Linked>

const linkers = new WeakMap<House['events'], TextLinker>()

/** The office of requests lends the way by which a text joins a conversation: this office knows no requests. */
export const lendTextLinker = ({ events }: Pick<House, 'events'>, linker: TextLinker): void =>
  void linkers.set(events, linker)

export const textLinkerOf = ({ events }: Pick<House, 'events'>): TextLinker | undefined => linkers.get(events)
