import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseService } from '../../src/kernel/definition/index.ts'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { money } from '../../src/lib/money.ts'
import { addDocument } from '../../src/offices/archive/index.ts'
import { loadServiceFiles, publishService } from '../../src/offices/catalogue/index.ts'
import { addApiKey, addOffice, openSession, registerMany } from '../../src/offices/people/index.ts'
import { registerRequests } from '../../src/offices/requests/index.ts'
import { loadDefaultTariffs, setTariff } from '../../src/offices/treasury/index.ts'
import { registerUtilities } from '../../src/offices/utilities/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { Write } from '../../src/platform/database/index.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { type House, openHouse } from '../../src/platform/house.ts'
import { openTownDirectory, type Town } from '../../src/web/town.ts'
import { aStaffMember, aTown, type BuiltStaff, builder } from '../builders/people.ts'
import { completeAnswers, townOffices } from '../builders/requests.ts'

/** A town of its own in a temporary folder, with everything written as safely as in a real one. */
export type Ground = {
  folder: string
  environment: Record<string, string> & { DATA_DIR: string; SYSTEM_DIR: string }
  town: Town
  apiKey: string
  keyId: string
  people: { personId: string; documentId: string; name: string }[]
  staff: Record<'officer' | 'collector', BuiltStaff>
  /** Works on the data as the program does, beside whatever server is running. */
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  /** Statements as the owner of the database. */
  asOwner<T>(work: Parameters<typeof withClient<T>>[1]): Promise<T>
  /** Cookie of a log-in. */
  logIn(who: { personId: string } | { staffId: string }): Promise<string>
  clear(): void
}

export const scopes = [
  'requests:read',
  'requests:write',
  'catalogue:read',
  'people:read',
  'payments:write',
  'messages:read',
  'certificates:read',
]

export type GroundOptions = {
  people?: number
  /** Whether filing costs the usual fee. */
  fee?: boolean
  /** Whether the pictures of the documents are still to be made, as after a morning of uploads. */
  pictures?: boolean
  /** Settings besides the folders: a database of its own in place of the embedded one. */
  environment?: Record<string, string>
  /** Where it lies and stays; a temporary folder that goes with it unless given. */
  folder?: string | undefined
}

/** A folder in which a town lies, and how to work on what is there. */
export function placeAt(given: string | undefined, settings: Record<string, string> = {}) {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'shubbak-bench-'))
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system'), ...settings }
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' })
  const inHouse: Ground['inHouse'] = async work => {
    const house = await openHouse(config, { prepare: false })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  }
  const asOwner: Ground['asOwner'] = work => inHouse(of => withClient(of.server.ownerUrl, work))
  const clear = () => {
    if (given !== undefined) return
    if (!('DATABASE_URL' in settings))
      for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
    // Whoever was killed a moment ago may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  }
  return { folder, environment, config, inHouse, asOwner, clear }
}

/** Lays out a town: offices, services, people each with a document, two of the staff, a key. */
export async function layGround({
  people = 500,
  fee = true,
  pictures = false,
  environment: settings = {},
  folder: given,
}: GroundOptions = {}): Promise<Ground> {
  const { config, ...place } = placeAt(given, settings)
  const house = await openHouse(config, { prepare: true, hold: true })
  try {
    const town = await aTown(house, { slug: 'bench' })
    const laid = await house.database.write(town.id, async tx => {
      for (const [position, [code, ar]] of townOffices.entries())
        await addOffice(tx, { code, name: { ar, en: code }, position }, builder)
      for (const file of await loadServiceFiles()) {
        await publishService(tx, file, builder)
        const read = parseService(file.source, file.commons)
        if (read.ok) await loadDefaultTariffs(tx, read.definition.tariffs)
      }
      if (!fee) await freeOfCharge(tx)
      const apiKey = await addApiKey(tx, 'bench', scopes, builder)
      const key = await tx.q.selectFrom('api_key').select('key_id').executeTakeFirstOrThrow()
      return {
        apiKey,
        keyId: key.key_id,
        people: await addPeople(house, tx, key.key_id, { from: 0, to: people }),
      }
    })
    if (!pictures) {
      await withClient(house.server.ownerUrl, client =>
        client.query('delete from graphile_worker._private_jobs'),
      )
    }
    const works = { house, town: town.id }
    const staff = {
      officer: await aStaffMember(works, 'officer', 'finance'),
      collector: await aStaffMember(works, 'collector', 'treasury'),
    }
    return {
      ...place,
      town,
      staff,
      ...laid,
      logIn: who =>
        place.inHouse(async of => {
          const session =
            'personId' in who
              ? { kind: 'citizen' as const, subjectId: who.personId }
              : { kind: 'staff' as const, subjectId: who.staffId }
          return `shubbak_session=${await of.database.write(town.id, tx => openSession(tx, session))}`
        }),
    }
  } finally {
    await house.close()
  }
}

/** People from one place in the list of neighbours to another, each with their card in the archive, brought by a program. */
export async function addPeople(
  house: House,
  tx: Write,
  keyId: string,
  { from, to }: { from: number; to: number },
): Promise<Ground['people']> {
  const ids = await registerMany(tx, house.crypto, neighbours(from, to), builder, 'import:bench')
  const stored = await house.files.put(tx.town, Buffer.from('%PDF-1.7 an identity card'))
  const people: Ground['people'] = []
  for (const [at, ownerId] of ids.entries()) {
    const documentId = await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
      kind: 'identity-card',
      title: 'هوية',
      source: 'upload',
      ownerId,
      by: { kind: 'partner', id: keyId },
    })
    people.push({ personId: ownerId, documentId, name: nameOf(from + at) })
  }
  return people
}

/** Lets the offices of a house of this process listen to each other, as the server does. */
export function enterOffices(house: House): void {
  registerRequests(
    house,
    openTownDirectory(house.database, () => performance.now()),
  )
  registerUtilities()
}

const freeOfCharge = (tx: Parameters<typeof setTariff>[0]) =>
  setTariff(tx, {
    key: 'applicationFee',
    from: '2020-01-02',
    amount: money(0, 'ILS'),
    by: { kind: 'staff', id: '0198a000-0000-7000-8000-00000000c011' },
  })

/** Where the embedded PostgreSQL of a data folder keeps its rows. */
export const dataOf = (dataDir: string): string =>
  (JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { data: string }).data

const nameOf = (at: number) => `سامي محمد سليم النجار ${at}`

function neighbours(from: number, to: number) {
  return Array.from({ length: to - from }, (_, n) => from + n).map(at => ({
    kind: 'natural' as const,
    name: { first: 'سامي', father: 'محمد', grandfather: 'سليم', family: `النجار ${at}` },
    motherName: 'سعاد',
    birthDate: '1980-05-01',
    sex: 'male' as const,
    idKind: 'palestinian-id' as const,
    idNumber: String(900_000_000 + at),
    address: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: '' },
    phone: `+97059${String(9_100_000 + at)}`,
    phoneShared: false,
  }))
}

/** What a partner's program sends to file for one of the people; `mark` makes the answers its own. */
export function filingBody({ personId, documentId }: Ground['people'][number], mark = '118') {
  const answers = completeAnswers['ADM-01'] ?? {}
  return {
    service: 'ADM-01',
    capacity: 'principal',
    applicant: personId,
    answers: { ...answers, residence: { ...(answers.residence as object), parcel: mark } },
    papers: [{ paper: 'id-copy', document: documentId }],
  }
}

export const filingPath = fillAddress(addresses.apiRequests, {})
