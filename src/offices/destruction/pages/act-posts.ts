import { addresses } from '../../../lib/addresses.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import { type Call, idParam, param, read, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { orFaults } from '../../../web/refused.ts'
import { admitForm, getDocument, readContent } from '../../archive/index.ts'
import { decideOnAct, giveMinutes, stopAct } from '../acts.ts'
import { getAct } from '../store.ts'
import { type DestructionText, destructionText } from '../strings.ts'
import { showAct } from './act.tsx'
import { dayIn, isReason, staffIn, words } from './read.ts'

const backTo = (call: Call) => url(call, addresses.destructionAct, { act: idParam(call, 'act') })

const say = (call: Call, key: DestructionText) =>
  flash(call, { text: destructionText(call.locale, key), tone: 'olive' })

/** POST: the minutes of the sitting, with their paper. */
export async function sendMinutes(call: Call): Promise<Response> {
  const number = words(call, 'number', 40)
  const date = dayIn(call, 'date')
  const { admitted, faults: refused } = await admitForm(call, 'paper')
  const [paper] = admitted
  const faults: Fault[] = refused.map(({ code, values }) => ({
    field: 'paper',
    code,
    ...(values && { values }),
  }))
  if (!paper && refused.length === 0) faults.push({ field: 'paper', code: 'file-missing' })
  if (number === '') faults.push({ field: 'number', code: 'required' })
  if (date === 'bad' || date === 'missing') faults.push({ field: 'date', code: 'not-a-date' })
  if (!paper || faults.length > 0 || date === 'bad' || date === 'missing') return showAct(call, faults)
  const done = await orFaults('number', () =>
    write(call, async tx => {
      await giveMinutes(tx, idParam(call, 'act'), { number, date, paper }, staffIn(call))
      return { redirect: backTo(call) }
    }),
  )
  if (!done.answer) return showAct(call, done.faults)
  say(call, 'minutes-given')
  return done.answer
}

/** POST: a member's approval or refusal, by their own log-in. */
export async function sendDecision(call: Call): Promise<Response> {
  const approve = typedText(call, 'do') === 'approve'
  const why = words(call, 'note')
  if (!approve && !isReason(why)) return showAct(call, [{ field: 'note', code: 'reason-missing' }])
  const done = await orFaults('note', () =>
    write(call, async tx => {
      await decideOnAct(tx, idParam(call, 'act'), { approve, why }, staffIn(call))
      return { redirect: backTo(call) }
    }),
  )
  if (!done.answer) return showAct(call, done.faults)
  say(call, approve ? 'decided-approve' : 'decided-refuse')
  return done.answer
}

/** POST: stops an act that rests, or takes a proposal back. */
export async function sendStop(call: Call): Promise<Response> {
  const why = words(call, 'why')
  if (!isReason(why)) return showAct(call, [{ field: 'why', code: 'reason-missing' }])
  const done = await orFaults('why', () =>
    write(call, async tx => {
      await stopAct(tx, idParam(call, 'act'), why, staffIn(call))
      return { redirect: backTo(call) }
    }),
  )
  if (!done.answer) return showAct(call, done.faults)
  say(call, 'stopped')
  return done.answer
}

/** GET: the minutes of an act, or its certificate: papers of the town about its own act. */
export async function servePaper(call: Call): Promise<Response> {
  const which = param(call, 'paper')
  const document = await read(call, async tx => {
    const act = await getAct(tx, idParam(call, 'act'))
    const id =
      which === 'minutes' ? act.minutes?.documentId : which === 'certificate' ? act.certificateId : undefined
    if (id === undefined) throw new NotFound('no-such-document')
    return getDocument(tx.asHouse('a paper of the town about its own act; it is nobody’s'), id)
  })
  if (document.scan === 'waiting' || document.scan === 'infected') throw new NotFound('no-such-document')
  const bytes = await readContent(call.house, call.town.id, document.sha256)
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': document.type,
      'content-disposition': `inline; filename="${which}.${document.type === 'application/pdf' ? 'pdf' : 'img'}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
