import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDocument } from '../../src/offices/archive/index.ts'
import { addApiKey, registerMany } from '../../src/offices/people/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { type House, openHouse } from '../../src/platform/house.ts'
import { openTownDirectory, type Town } from '../../src/web/town.ts'
import { dataOf, type Ground, scopes } from '../bench/ground.ts'
import { note } from '../bench/report.ts'
import { builder } from '../builders/people.ts'
import { fillCountry } from '../bulk/country/country.ts'

/** A town to be loaded: all that is asked of one of its own, and of one that lies in a country. */
export type Laid = Pick<
  Ground,
  'folder' | 'environment' | 'town' | 'apiKey' | 'people' | 'inHouse' | 'asOwner' | 'clear'
>

/** Fills a country and gives its largest town, in which these people live besides: their numbers and papers are known. */
export async function layCountry(size: { people: number; requests: number; seed: number }): Promise<Laid> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-load-'))
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' })
  const inHouse: Laid['inHouse'] = async work => {
    const house = await openHouse(config, { prepare: false })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  }
  const began = performance.now()
  const house = await openHouse(config, { prepare: true, hold: true })
  try {
    // All hundred towns where there is something for each.
    const count = Math.min(100, Math.max(3, Math.round(size.requests / 1000)))
    const { towns } = await fillCountry(house, { requests: size.requests, seed: size.seed, towns: count })
    const largest = towns.toSorted((a, b) => b.requests - a.requests)[0]
    const town = await openTownDirectory(house.database, () => 0).get(largest?.id ?? '')
    note(
      `a country of ${towns.length} towns and ${size.requests} requests, ${largest?.requests} of them in ${town.slug}, in ${Math.round((performance.now() - began) / 1000)} s`,
    )
    const settled = await settle(house, town, size.people)
    return {
      folder,
      environment,
      town,
      inHouse,
      ...settled,
      asOwner: work => inHouse(of => withClient(of.server.ownerUrl, work)),
      clear() {
        for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } finally {
    await house.close()
  }
}

/** Those who come, call and pay, each with their card in the archive; and the key of the program that files for them. */
const settle = (house: House, town: Town, count: number): Promise<Pick<Laid, 'apiKey' | 'people'>> =>
  house.database.write(town.id, async tx => {
    const ids = await registerMany(tx, house.crypto, newcomers(count), builder, 'import:load')
    const apiKey = await addApiKey(tx, 'load', scopes, builder)
    // A program names the papers it brought itself.
    const { key_id: id } = await tx.q
      .selectFrom('api_key')
      .select('key_id')
      .where('name', '=', 'load')
      .executeTakeFirstOrThrow()
    const stored = await house.files.put(tx.town, Buffer.from('%PDF-1.7 an identity card'))
    const people: Laid['people'] = []
    for (const [at, personId] of ids.entries()) {
      const documentId = await addDocument(tx, {
        admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
        kind: 'identity-card',
        title: 'هوية',
        source: 'upload',
        ownerId: personId,
        by: { kind: 'partner', id },
      })
      people.push({ personId, documentId, name: String(at) })
    }
    return { apiKey, people }
  })

/** Their numbers begin as no account's does. */
export const numberOf = (at: number): string => String(800_000_000 + at)

const newcomers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    kind: 'natural' as const,
    motherName: 'سعاد',
    birthDate: '1980-05-01',
    sex: 'male' as const,
    name: { first: 'سامي', father: 'محمد', grandfather: 'سليم', family: 'النجار' },
    idKind: 'palestinian-id' as const,
    idNumber: numberOf(at),
    address: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: '' },
    phone: `+97059${String(8_100_000 + at)}`,
    phoneShared: false,
  }))
