import type { MessageEvent } from '../../../kernel/definition/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import type { Call } from '../../../web/call.ts'

/** What a request, chosen by its number, would fill an occasion's words with. */
export type PreviewOf = {
  requestId: string
  personId: string
  /** What people read: 4178/2026. */
  number: string
  serviceCode: string
  /** By name, as they would be sent; empty where the request holds nothing of the kind yet. */
  values: Record<string, string>
}

/** Reads a request that whoever asks may read, and notes the look under `act`; undefined where there is none such. */
export type Previewer = (
  tx: Read,
  call: Call,
  asked: { number: string; event: MessageEvent; act: string },
) => Promise<PreviewOf | undefined>

const previewers = new WeakMap<House['events'], Previewer>()

/** The office that holds requests lends words the real data they would be filled with. */
export const lendPreview = (house: Pick<House, 'events'>, previewer: Previewer): void =>
  void previewers.set(house.events, previewer)

export const previewerOf = (house: Pick<House, 'events'>): Previewer | undefined =>
  previewers.get(house.events)
