import { createHash, randomInt } from 'node:crypto'
import { z } from 'zod'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { Confirmation, ConfirmationWay, Draft } from '../../requests/index.ts'
import { settingOn } from '../../treasury/index.ts'

/** Setting: whether nothing is filed at the counter before the applicant has confirmed what was typed. */
export const confirmationKey = 'counter.confirmation'
const shape = z.object({ required: z.boolean() })

/** Whether the applicant's confirmation is needed: yes, unless the town has set otherwise. */
export async function needsConfirmation(tx: Read, on: CalendarDate): Promise<boolean> {
  return (await settingOn(tx, confirmationKey, shape, on))?.value.required ?? true
}

/** Of a draft as stored: other answers, papers or capacity are another text, and confirmed anew. */
export const fingerprint = ({
  answers,
  papers,
  capacity,
}: Pick<Draft, 'answers' | 'papers' | 'capacity'>): string =>
  createHash('sha256')
    .update(JSON.stringify([answers, papers, capacity]))
    .digest('base64url')

/** How a draft stands confirmed; `old` where it was, and has changed since. */
export function confirmedHow(draft: Draft): ConfirmationWay | 'old' | undefined {
  const { how, of } = draft.confirmation ?? {}
  if (!how) return undefined
  return of === fingerprint(draft) ? how : 'old'
}

const codeMinutes = 10
const mostTries = 5

type Keys = { tx: Pick<Read, 'town'>; crypto: Crypto }

const hashOf = ({ tx, crypto }: Keys, draftId: string, code: string): string =>
  crypto.blindIndex(tx.town, 'counter-confirmation', `${draftId} ${code}`).toString('base64url')

/** A code for the telephone, and what is kept of it with the draft. */
export function newConfirmationCode(
  keys: Keys,
  draftId: string,
  now: Date,
): { code: string; confirmation: Confirmation } {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const confirmation = { codeHash: hashOf(keys, draftId, code), sentAt: now.toISOString(), tries: 0 }
  return { code, confirmation }
}

/** Whether a code is the one sent; a wrong one is counted, and after a few no code is right any more. */
export function checkConfirmationCode(
  keys: Keys,
  draft: Draft,
  typed: string,
  now: Date,
): { right: true } | { right: false; fault: 'code-wrong' | 'code-expired'; confirmation: Confirmation } {
  const { codeHash, sentAt, tries = 0 } = draft.confirmation ?? {}
  const age = sentAt ? now.getTime() - new Date(sentAt).getTime() : Number.POSITIVE_INFINITY
  if (!codeHash || age > codeMinutes * 60_000 || tries >= mostTries)
    return { right: false, fault: 'code-expired', confirmation: draft.confirmation ?? {} }
  if (hashOf(keys, draft.id, typed) === codeHash) return { right: true }
  return { right: false, fault: 'code-wrong', confirmation: { ...draft.confirmation, tries: tries + 1 } }
}
