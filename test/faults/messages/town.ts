import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealSecret } from '../../../src/offices/messaging/carriers/store.ts'
import { planMessage } from '../../../src/offices/messaging/index.ts'
import { indexPhone, sealPhone } from '../../../src/offices/people/index.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import { readConfig } from '../../../src/platform/config.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../../src/platform/database/postgres/processes.ts'
import { type House, openHouse } from '../../../src/platform/house.ts'
import type { Town } from '../../../src/web/town.ts'
import { dataOf } from '../../bench/ground.ts'
import { aProvider, type ProviderOverrides } from '../../builders/messages.ts'
import { aTown } from '../../builders/people.ts'

/** A message as its row stands at the end. */
export type Row = { id: string; tag: number; state: string; provider: string | null; parts: number }

/** A database of its own in a temporary folder, and towns that never sleep, whose messages carry a number each. */
export type Ground = {
  house: House
  environment: Record<string, string>
  town(): Promise<Town>
  provider(town: Town, overrides: ProviderOverrides): Promise<{ id: string; name: string }>
  /** Plans so many messages; gives their numbers. */
  plan(town: Town, count: number): Promise<number[]>
  rows(town: Town): Promise<Row[]>
  clear(): Promise<void>
}

export const tagOf = (text: string): number => Number(/#(\d+)/.exec(text)?.[1] ?? 0)

export async function layGround(clock?: Clock): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-messages-'))
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' })
  const house = await openHouse(config, { prepare: true, hold: true, ...(clock ? { clock } : {}) })
  let planned = 0
  const asOwner = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(house.server.ownerUrl, work)
  return {
    house,
    environment,
    async town() {
      const town = await aTown(house)
      await house.database.write(town.id, tx =>
        tx.q
          .insertInto('setting')
          .values({
            municipality_id: town.id,
            key: 'messages.quiet',
            valid_from: '2020-01-01',
            setting_id: town.id,
            value: JSON.stringify({ groups: [] }),
            confirmed: true,
            set_at: tx.now,
          })
          .execute(),
      )
      return town
    },
    provider: (town, overrides) =>
      aProvider(
        { house, town: town.id },
        {
          secretSealed: sealSecret(house, town.id, { user: 'town', password: 'word', token: '', hook: '' }),
          ...overrides,
        },
      ),
    async plan(town, count) {
      const keys = { tx: { town: town.id }, crypto: house.crypto }
      const tags = Array.from({ length: count }, () => {
        planned += 1
        return planned
      })
      await house.database.write(town.id, async tx => {
        for (const tag of tags) {
          const phone = `+97059${String(9_000_000 + (tag % 500))}`
          const to = { sealed: sealPhone(keys, phone), index: indexPhone(keys, phone) }
          await planMessage(tx, house, { kind: 'step', event: 'received', body: `استلمنا طلبك #${tag}`, to })
        }
      })
      return tags
    },
    rows: town =>
      asOwner(async client => {
        const { rows } = await client.query<{
          message_id: string
          body: string
          state: string
          provider: string | null
          parts: number
        }>('select message_id, body, state, provider, parts from message where municipality_id = $1', [
          town.id,
        ])
        return rows.map(({ message_id, body, ...row }) => ({ id: message_id, tag: tagOf(body), ...row }))
      }),
    async clear() {
      await house.close()
      for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
