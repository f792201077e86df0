import type { FeePoint } from '../../kernel/definition/index.ts'
import type { House } from '../../platform/house.ts'
import type { TownDirectory } from '../../web/town.ts'
import { performAct } from './actions.ts'
import { registerPaperUploads } from './citizen/uploads.ts'
import { listenForNews } from './staff/live.ts'
import { getRequest } from './store.ts'

/** Takes the requests office into the house: a fee that has been settled moves its request on, in the receipt's own transaction. */
export function registerRequests(house: House, towns: TownDirectory): void {
  registerPaperUploads()
  listenForNews(house)
  house.events.on('treasury.settled', async (tx, { requestId, feePoint, number }) => {
    const town = await towns.get(tx.town)
    const request = await getRequest(tx, requestId, true)
    if (request.projection.settledFeePoints.includes(feePoint as FeePoint)) return
    if (request.projection.state !== 'awaiting-fee') return
    await performAct(
      tx,
      { house, town },
      { requestId, name: 'pay', actor: { kind: 'system' }, data: { receipt: number } },
    )
  })
}
