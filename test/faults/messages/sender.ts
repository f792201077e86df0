import { startSending } from '../../../src/offices/messaging/index.ts'
import { readConfig } from '../../../src/platform/config.ts'
import { openHouse } from '../../../src/platform/house.ts'
import { openTownDirectory } from '../../../src/web/town.ts'

/** The sender as a process of its own, to be killed: sends for every town of the database of its environment until it is told to stop. */
const house = await openHouse(readConfig({ LOG_LEVEL: 'silent', ...process.env }))
const towns = openTownDirectory(house.database, () => performance.now())
const sender = startSending(house, towns, { leaseMs: Number(process.env.LEASE_MS ?? 12_000) })
process.send?.('sending')
process.on('message', async () => {
  await sender.stop()
  await house.close()
  process.exit(0)
})
