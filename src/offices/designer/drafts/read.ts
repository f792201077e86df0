import { type Commons, type Surroundings, stopsPublishing } from '../../../kernel/definition/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { checkText, type TextCheck } from '../../catalogue/index.ts'
import type { DraftContent, HistoryStep, ReadDraft } from '../model.ts'
import { faultsAmong } from './among.ts'
import { surroundingsOf } from './around.ts'
import { getRevision, getWholeDraft, type Revision, wordsOfChange } from './store.ts'
import { contentOf } from './text/apply.ts'
import { isMapping } from './text/values.ts'

/**
 * A draft with all a page shows of it. `readerId` is whose undo and redo are told.
 * @throws NotFound `no-such-service-draft`
 */
export async function readDraft(tx: Read, id: string, readerId: string): Promise<ReadDraft> {
  const { draft, source, commons } = await getWholeDraft(tx, id)
  const around = await surroundingsOf(tx)
  const newest = await getRevision(tx, id, draft.revision)
  const undone = newest.forth === undefined ? undefined : await getRevision(tx, id, newest.forth)
  const mayUndo = newest.back !== undefined && newest.changeBy === readerId
  const { read, ...judged } = judge(source, commons, around)
  const among = read ? await faultsAmong(tx, read) : []
  return {
    draft,
    source,
    commons,
    ...judged,
    faults: [...judged.faults, ...among],
    undo: mayUndo ? await stepOf(tx, id, newest) : undefined,
    redo: undone?.changeBy === readerId ? await stepOf(tx, id, undone) : undefined,
  }
}

async function stepOf(tx: Read, draftId: string, of: Revision): Promise<HistoryStep> {
  return { changed: await wordsOfChange(tx, draftId, of), by: of.changeBy, at: of.at }
}

export type Judged = Pick<ReadDraft, 'content' | 'definition' | 'run' | 'faults' | 'warnings'> & {
  read: TextCheck['read'] | undefined
}

/** What a text says, what came of its examples, and what keeps it from being published. */
export function judge(source: string, commons: Commons, around: Surroundings): Judged {
  const { read, run, faults: found } = checkText({ source, commons }, around)
  const definition = read?.definition
  return {
    content: definition ?? looseContent(source, commons),
    definition,
    run,
    read,
    faults: stopsPublishing(found),
    warnings: found.filter(({ severity }) => severity === 'warning'),
  }
}

/** What can be read of a text that is no service yet; nothing of one that is no YAML. */
function looseContent(source: string, commons: Commons): DraftContent {
  try {
    const value = contentOf(source, commons)
    return isMapping(value) ? (value as DraftContent) : {}
  } catch {
    return {}
  }
}
