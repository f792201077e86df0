import {
  addIndexLayer,
  addSealingKey,
  readSecretFile,
  retireSealingKey,
} from '../../platform/crypto/index.ts'
import { withClient } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { rereadMs } from '../../platform/keyring.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { type Needs, needsOf } from './needs.ts'
import { relayerTown } from './relayer.ts'
import { type Resealed, resealTown } from './reseal.ts'

/** How long every process of a machine is given to read a new key of the secret file. */
export const settleMs = 4 * rereadMs
/** Tickets that lie in browsers and addresses rather than in the database were sealed too: the longest of them lives this long. */
export const ticketDays = 31

type Keeper = Pick<House, 'config' | 'clock' | 'crypto' | 'database' | 'server'>

const reread = ({ config, clock, crypto }: Keeper) =>
  crypto.take(readSecretFile(config.secretFile, clock.now()))
const later = ({ clock }: Keeper, minutes: number) =>
  new Date(clock.now().getTime() + Math.max(settleMs, minutes * 60_000))

export const townsOf = async ({ database }: Pick<House, 'database'>) =>
  database.directory(q =>
    q.selectFrom('municipality').select(['municipality_id as id', 'slug']).orderBy('slug').execute(),
  )

/** Adds a sealing key; it is used from the instant returned on, when every process has read the file. */
export function newSealingKey(house: Keeper, minutes = 0): { id: number; from: Date } {
  const from = later(house, minutes)
  const id = addSealingKey(house.config.secretFile, from)
  reread(house)
  return { id, from }
}

/** Adds a layer of the index key; towns take it after the instant returned. */
export function newIndexLayer(house: Keeper, minutes = 0): { id: number; from: Date } {
  const from = later(house, minutes)
  const id = addIndexLayer(house.config.secretFile, from)
  reread(house)
  return { id, from }
}

/** Whether every layer has been in the secret file long enough to be taken. */
export function settledLayers({ config, clock }: Pick<House, 'config' | 'clock'>): boolean {
  const { since } = readSecretFile(config.secretFile)
  return [...(since?.layers.values() ?? [])].every(from => from <= clock.now())
}

/** Brings all towns to the newest sealing key. */
export async function resealAll(house: Keeper, say: (line: string) => void = () => {}): Promise<Resealed> {
  reread(house)
  const sum = { resealed: 0, unreadable: 0 }
  await withClient(house.server.ownerUrl, async client => {
    for (const { id, slug } of await townsOf(house)) {
      const done = await resealTown(client, house.crypto, id, ({ table, column }, count) =>
        say(`${slug}: ${table}.${column} ${count}`),
      )
      sum.resealed += done.resealed
      sum.unreadable += done.unreadable
    }
  })
  return sum
}

/** Brings the indexes of all towns to the newest layer. @throws PlainError before the newest layer may be taken */
export async function relayerAll(house: Keeper, say: (line: string) => void = () => {}): Promise<number> {
  reread(house)
  if (!settledLayers(house))
    throw new PlainError('The newest layer of the index key is not to be taken yet: see shubbak keys list')
  let changed = 0
  await withClient(house.server.ownerUrl, async client => {
    for (const { id, slug } of await townsOf(house)) {
      const count = await relayerTown(client, house.crypto, id)
      if (count > 0) say(`${slug}: ${count} indexes`)
      changed += count
    }
  })
  return changed
}

/**
 * Takes an old sealing key out of the secret file; gives where the file as it was is kept, which every backup made until now needs.
 * @throws PlainError while it is the newest, anything in the database is sealed with it, or tickets sealed with it may still come back
 */
export async function retireKey(house: Keeper, id: number): Promise<string> {
  const { config, clock, crypto } = house
  const secret = readSecretFile(config.secretFile, clock.now())
  if (!secret.keys.has(id)) throw new PlainError(`There is no sealing key ${id}`)
  const newest = Math.max(...secret.keys.keys())
  if (id === newest || id === secret.newest)
    throw new PlainError(`Sealing key ${id} seals what is written now: shubbak keys rotate first`)
  const used = secret.since?.keys.get(secret.newest)
  const free = used && new Date(used.getTime() + ticketDays * 86_400_000)
  if (free && free > clock.now())
    throw new PlainError(
      `Sealing key ${id} may still be needed by open pages and addresses until ${free.toISOString()}`,
    )
  const needs = await withClient(house.server.ownerUrl, client => needsOf(client, crypto))
  const tables = needs.get(id)
  if (tables)
    throw new PlainError(`Sealing key ${id} is still needed by ${told(tables)}: shubbak keys rotate --go-on`)
  const copy = retireSealingKey(config.secretFile, id)
  reread(house)
  return copy
}

/** Tables with how many fields of each. */
export const told = (tables: NonNullable<ReturnType<Needs['get']>>): string =>
  [...tables].map(([table, count]) => `${table} ${count}`).join(', ')
