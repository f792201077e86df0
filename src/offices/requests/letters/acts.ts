import type { Actor } from '../../../kernel/access/index.ts'
import { stripControls } from '../../../lib/arabic.ts'
import { Conflict, InvalidInput } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { actorKey } from '../../../web/actor.ts'
import { type AdmittedFile, addDocument } from '../../archive/index.ts'
import { record } from '../../audit/index.ts'
import type { Desk } from '../desk.ts'
import { endedStates, type Request } from '../model.ts'
import { attachPaper } from '../papers.ts'
import { tellWritten } from './news.ts'
import { isReviewed } from './rule.ts'
import { addLetter, countLetters, type LetterSide, markLettersRead } from './store.ts'
import { tellLetter } from './told.ts'

const longest = 2000
const dayMs = 86_400_000
/** Letters one side writes in a request within a day: a conversation, not a flood. */
export const mostADay = 20

/** The papers under which what came with a letter is kept with the request. */
export const letterPaper = 'correspondence'

/** Names of a letter's fields, on either side. */
export const letterField = { text: 'letter.text', file: 'letter.file', phrase: 'letter.phrase' } as const

export type NewLetter = { text: string; file?: AdmittedFile | undefined }

/**
 * Writes to the other side of a request. What the town writes goes to the portal and, whole, to the telephone, where the town's rule says so
 * once a second person has looked at it; what the citizen writes marks the request in the inbox of whoever has it. Refused with `InvalidInput` on `text`, and with `Conflict('request-ended')` once it has ended.
 */
export async function writeLetter(
  tx: Write,
  desk: Desk,
  request: Request,
  actor: Actor,
  { text: typed, file }: NewLetter,
): Promise<{ id: string; held: boolean }> {
  const text = stripControls(typed).trim()
  if (endedStates.includes(request.projection.state)) throw new Conflict('request-ended')
  if (text === '' && !file) throw new InvalidInput([{ field: letterField.text, code: 'letter-empty' }])
  if (text.length > longest) {
    throw new InvalidInput([{ field: letterField.text, code: 'too-long', values: { max: longest } }])
  }
  const by = actorKey(actor)
  const side: LetterSide = actor.kind === 'staff' ? 'staff' : 'citizen'
  if ((await countLetters(tx, request.id, side, new Date(tx.now.getTime() - dayMs))) >= mostADay) {
    throw new InvalidInput([{ field: letterField.text, code: 'too-many-letters', values: { max: mostADay } }])
  }
  const documentId = file && (await keepFile(tx, request, file, by))
  const office = actor.kind === 'staff' ? actor.appointments[0]?.office : undefined
  const held = side === 'staff' && (await isReviewed(tx, desk))
  const messageId =
    side === 'staff' ? await tellLetter(tx, desk, request, { text, by: by.id, held }) : undefined
  const from = { kind: side, id: by.id, office }
  const id = await addLetter(tx, request.id, { from, text, documentId, messageId, held })
  await markLettersRead(tx, request.id, { side, by: by.id })
  await record(tx, {
    actor: { ...by, office },
    act: 'request.letter-written',
    subjectKind: 'letter',
    subjectId: id,
    personId: request.applicantId,
    requestId: request.id,
  })
  await tellWritten(tx, desk, request)
  return { id, held }
}

async function keepFile(
  tx: Write,
  request: Request,
  admitted: AdmittedFile,
  by: { kind: string; id: string },
): Promise<string> {
  const documentId = await addDocument(tx, {
    admitted,
    kind: letterPaper,
    title: admitted.fileName,
    ownerId: request.applicantId,
    source: 'upload',
    by,
  })
  await attachPaper(tx, request.id, { paperId: letterPaper, documentId, state: 'supplied' }, by)
  return documentId
}
