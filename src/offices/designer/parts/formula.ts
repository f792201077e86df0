import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText } from '../../../web/call.ts'
import { readDraft } from '../drafts/read.ts'
import { scopeOf } from './desk.ts'
import { whyNot } from './engine/read.ts'

/** POST: what is wrong with a formula while it is typed, in words; nothing is written. */
export async function checkFormula(call: Call): Promise<Response> {
  const { content, definition } = await read(call, tx =>
    readDraft(tx, idParam(call, 'draft'), actorKey(call.visitor.actor).id),
  )
  const formula = typedText(call, 'formula').trim()
  const currency = typedText(call, 'currency')
  const money = currency === 'ILS' || currency === 'JOD' || currency === 'USD' ? currency : undefined
  const wrong = formula === '' ? undefined : whyNot(formula, scopeOf(content, definition), money)
  return Response.json({ wrong: wrong?.[call.locale] ?? '' })
}
