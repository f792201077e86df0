import { sql } from 'kysely'
import { entriesOf } from '../../../src/offices/seal/auditor/store.ts'
import { placedRows } from '../../../src/offices/seal/check/database.ts'
import { kinds } from '../../../src/offices/seal/model.ts'
import { sealOfDay, sealsOfDays } from '../../../src/offices/seal/public/days.ts'
import {
  checkpointOver,
  entryBytes,
  hashesAt,
  lastCheckpoint,
  leafOfSubject,
  waitingOf,
} from '../../../src/offices/seal/store.ts'
import type { Read } from '../../../src/platform/database/transaction.ts'
import { type BigTown, type Lists, today, zone } from './town.ts'

/** Lists of the sealed log and of the audit. */
export function sealLists({ officer, request, now }: BigTown): Lists {
  const week = { from: new Date(now.getTime() - 7 * 86_400_000), to: new Date(now.getTime() + 86_400_000) }
  const reach = async (tx: Read) => {
    const { rows } = await sql<{ horizon: string }>`select horizon::text from seal_checkpoint
      where municipality_id = ${tx.town} order by size desc limit 1`.execute(tx.q)
    return { after: undefined, from: rows[0]?.horizon ?? '0', below: '9000000000000000000' }
  }
  const ofKinds = (name: string, list: (kind: (typeof kinds)[number]) => Lists[string]): Lists =>
    Object.fromEntries(kinds.map(kind => [`${name}: ${kind}`, list(kind)]))
  return {
    ...ofKinds('what waits for its place', kind => async tx => waitingOf(tx, kind, await reach(tx), 1_000)),
    ...ofKinds(
      'rows with their places',
      kind => tx =>
        placedRows(tx, kind, { after: '0198a000-0000-7000-8000-00000000aaaa', until: undefined }, 100),
    ),
    ...ofKinds('the bytes of an entry', kind => tx => entryBytes(tx, kind, request)),
    'the place of an entry': tx => leafOfSubject(tx, 'receipt', request),
    'a tile of leaves': tx => hashesAt(tx, 0, 512, 256),
    'a tile of nodes': tx => hashesAt(tx, 1, 0, 256),
    'the newest seal': lastCheckpoint,
    'the seal over an entry': tx => checkpointOver(tx, 300),
    'the seal of a day': tx => sealOfDay(tx, today, zone),
    'the seals of days': tx => sealsOfDays(tx, [today, '2026-10-31'], zone),
    'the audit of a week': tx => entriesOf(tx, week, 51),
    'the audit of one of the staff': tx =>
      entriesOf(tx, { ...week, who: { kind: 'staff', id: officer.staffId } }, 51),
    'the audit of an act nobody did': tx => entriesOf(tx, { ...week, act: 'nothing' }, 51),
    'the audit of a request': tx => entriesOf(tx, { ...week, requestId: request }, 51),
  }
}
