import type { Actor } from '../../../../kernel/access/index.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import type { Write } from '../../../../platform/database/transaction.ts'
import { record } from '../../../audit/index.ts'
import { letGo, takeBack } from '../../../messaging/index.ts'
import type { Desk } from '../../desk.ts'
import { getRequest } from '../../store.ts'
import { tellWritten } from '../news.ts'
import { raiseMark } from '../store.ts'
import { decideLetter, heldLetter } from './store.ts'

/** Names of the boxes of a decision. */
export const heldField = { go: 'go', note: 'note' } as const

const longestNote = 500

/**
 * A second person's word on a letter: it goes to the applicant, or back to whoever wrote it, with why (`note`). Refused with
 * `Conflict('own-letter')` for its writer, `Conflict('letter-decided')` where somebody was faster, and `InvalidInput` on `note`.
 */
export async function decideOnLetter(
  tx: Write,
  desk: Desk,
  actor: Actor,
  letterId: string,
  decision: { go: true } | { go: false; note: string },
): Promise<void> {
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  const by = actor.staffId
  const letter = await heldLetter(tx, actor, letterId)
  if (!letter) throw new NotFound('no-such-letter')
  if (letter === 'decided') throw new Conflict('letter-decided')
  if (letter.by === by) throw new Conflict('own-letter')
  const request = await getRequest(tx, letter.requestId, true)
  const { message } = letter
  if (decision.go) {
    await decideLetter(tx, letterId, { state: 'sent', by })
    if (message) await letGo(tx, message.id, by)
    await raiseMark(tx, request.id, 'staff')
  } else {
    const note = stripControls(decision.note).trim()
    if (note === '') throw new InvalidInput([{ field: heldField.note, code: 'required' }])
    if (note.length > longestNote)
      throw new InvalidInput([{ field: heldField.note, code: 'too-long', values: { max: longestNote } }])
    await decideLetter(tx, letterId, { state: 'returned', by, note })
    if (message) await takeBack(tx, message.id, by, note)
  }
  await record(tx, {
    actor: { kind: 'staff', id: by, office: actor.appointments[0]?.office },
    act: decision.go ? 'request.letter-let-go' : 'request.letter-sent-back',
    subjectKind: 'letter',
    subjectId: letterId,
    personId: request.applicantId,
    requestId: request.id,
  })
  await tellWritten(tx, desk, request)
}
