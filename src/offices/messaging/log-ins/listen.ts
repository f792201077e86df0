import type { House } from '../../../platform/house.ts'
import { planMessage } from '../plan.ts'
import { worded } from '../templates/registry.ts'
import { codeWords, newsWords } from './told.ts'

/** Sends the codes log-ins ask for, and tells people what happened to theirs, within the acts themselves. */
export function listenForLogIns(house: House): void {
  house.events.on('people.code-sent', async (tx, { purpose, personId, code, to, expiresAt }) => {
    await planMessage(tx, house, {
      ...(await worded(tx, house, codeWords[purpose], { code })),
      personId,
      to,
      expiresAt,
    })
  })
  house.events.on('people.log-in-told', async (tx, { personId, news }) => {
    await planMessage(tx, house, { ...(await worded(tx, house, newsWords[news], {})), personId })
  })
}
