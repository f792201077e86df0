import { may } from '../../../kernel/access/index.ts'
import {
  type Difference,
  parseService,
  type ServiceDefinition,
  type Tariff,
} from '../../../kernel/definition/index.ts'
import { type ExamplesRun, runExamples } from '../../../kernel/examples/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read } from '../../../web/call.ts'
import { textOfVersion, versionsOf } from '../../catalogue/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import { readDraft } from '../drafts/read.ts'
import { writersOf } from '../drafts/store.ts'
import { touchedBy } from '../fees/touched.ts'
import type { ReadDraft } from '../model.ts'
import { differencesOf } from '../service/differences.tsx'
import { mayReview } from './acts.ts'
import { type Word, wordsOf } from './store.ts'

/** An amount the draft brings that is not the one in force, and how many open requests it would touch. */
export type FeeChange = { tariff: Tariff; open: number }

/** All the page of a draft shows: where it stands, what is wrong, what it changes, what comes of its examples. */
export type DraftView = {
  read: ReadDraft
  words: Word[]
  staff: Map<string, StaffMember>
  /** The version its changes are told against; none for a new service. */
  before: { version: number; definition: ServiceDefinition; run: ExamplesRun } | undefined
  differences: Difference[] | undefined
  fees: FeeChange[]
  /** The newest version, where it is not older than the draft. */
  behind: number | undefined
  can: { write: boolean; review: boolean; publish: boolean }
}

/** Reads a draft as its page shows it. */
export async function loadDraft(call: Call): Promise<DraftView> {
  const id = idParam(call, 'draft')
  const { actor } = call.visitor
  const me = actorKey(actor).id
  return read(call, async tx => {
    const draft = await readDraft(tx, id, me)
    const { definition } = draft
    const [newest] = await versionsOf(tx, draft.draft.code)
    const before = await versionBefore(tx, draft)
    const words = await wordsOf(tx, id)
    const people = [draft.draft.authorId, ...words.map(({ by }) => by), ...(await writersOf(tx, id))]
    const isOpen = draft.draft.state !== 'published' && draft.draft.state !== 'dropped'
    return {
      read: draft,
      words,
      before,
      staff: await staffById(tx, people),
      differences: definition && before ? await differencesOf(tx, before.definition, definition) : undefined,
      fees: definition ? await feeChanges(tx, call, definition, before?.definition) : [],
      behind: isOpen && newest && newest.version >= (definition?.version ?? 0) ? newest.version : undefined,
      can: {
        write: may(actor, 'catalogue.write'),
        review: may(actor, 'catalogue.publish') && (await mayReview(tx, draft.draft, me)),
        publish: may(actor, 'catalogue.publish'),
      },
    }
  })
}

/** What a draft is told against: the version it became the next of. */
async function versionBefore(tx: Read, { draft, definition }: ReadDraft): Promise<DraftView['before']> {
  const own = draft.publishedVersion ?? definition?.version ?? Number.MAX_SAFE_INTEGER
  const version = (await versionsOf(tx, draft.code)).find(each => each.version < own)?.version
  if (version === undefined) return undefined
  const { source, commons } = await textOfVersion(tx, draft.code, version)
  const parsed = parseService(source, commons)
  return parsed.ok
    ? { version, definition: parsed.definition, run: runExamples(parsed.definition) }
    : undefined
}

async function feeChanges(
  tx: Read,
  call: Call,
  after: ServiceDefinition,
  before: ServiceDefinition | undefined,
): Promise<FeeChange[]> {
  const known = new Set((before?.tariffs ?? []).map(rowKey))
  const changed = after.tariffs.filter(row => !known.has(rowKey(row)))
  const today = dateIn(call.now, call.town.timeZone)
  const changes: FeeChange[] = []
  for (const tariff of before ? changed : []) {
    const from = [tariff.from, today].sort()[1] ?? today
    const { count } = await touchedBy(tx, { key: tariff.key, from, timeZone: call.town.timeZone }, 1)
    changes.push({ tariff, open: count })
  }
  return changes
}

const rowKey = ({ key, from, amount, currency }: Tariff): string => `${key} ${from} ${amount} ${currency}`
