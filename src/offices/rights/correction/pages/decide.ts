import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { BadRequest, Conflict, type Fault, Forbidden, NotFound } from '../../../../lib/errors.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { getDocument, readContent } from '../../../archive/index.ts'
import { lookInto } from '../../../looks/index.ts'
import { type Registration, recordOf } from '../../../people/index.ts'
import { rightsRules } from '../../rules.ts'
import { acceptCorrection, askProof, judgeProposal, refuseCorrection } from '../acts.ts'
import { readRecord } from '../record.ts'
import { getCorrection, ofRecord, papersIn } from '../store.ts'
import { type CorrectionKey, correctionText } from '../strings.ts'
import { words } from './form.tsx'
import { showCorrection } from './one.tsx'
import { staffOf } from './staff.ts'

type Judged = { faults: Fault[] } | { act(): Promise<Response> }

/** POST: accepts, refuses, asks for a proof; agrees to what another proposed, or gives it back. */
export async function decideCorrection(call: Call): Promise<Response> {
  const id = idParam(call, 'correction')
  const judged = await judge(call, id, typedText(call, 'act'))
  if ('faults' in judged) return showCorrection(call, judged.faults)
  try {
    return await judged.act()
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    if (error.code !== 'nothing-changed' && error.code !== 'person-exists') throw error
    flash(call, { text: correctionText(call.locale, error.code), tone: 'honey' })
    return showCorrection(call, [{ field: 'words', code: 'invalid' }])
  }
}

async function judge(call: Call, id: string, act: string): Promise<Judged> {
  const by = staffOf(call)
  const said = words(call, 'words')
  const missing: Judged = { faults: [{ field: 'words', code: 'required' }] }
  const done = async (key: CorrectionKey, work: Parameters<typeof write>[1]) => {
    const answer = await write(call, work)
    flash(call, { text: correctionText(call.locale, key), tone: 'olive' })
    return answer
  }
  const list = { redirect: url(call, addresses.corrections) }
  const actor = call.visitor.actor
  if ((act === 'agree' || act === 'give-back') && !may(actor, 'correction.approve'))
    throw new Forbidden('not-allowed')
  if (['accept', 'ask', 'refuse'].includes(act) && !may(actor, 'correction.decide'))
    throw new Forbidden('not-allowed')
  switch (act) {
    case 'accept': {
      const reading = await recordFor(call, id)
      if (!reading.ok) return { faults: reading.faults }
      const { to } = reading
      if (!to && said === '') return missing
      let became = 'accepted'
      return {
        act: async () => {
          const answer = await write(call, async tx => {
            became = await acceptCorrection(tx, call, { id, to, words: said }, by)
            return list
          })
          flash(call, {
            text: correctionText(call.locale, became === 'proposed' ? 'proposed-done' : 'accept-done'),
            tone: 'olive',
          })
          return answer
        },
      }
    }
    case 'ask':
      if (said === '') return missing
      return {
        act: () =>
          done('ask-done', async tx => {
            await askProof(tx, call, { id, words: said }, by)
            return list
          }),
      }
    case 'refuse': {
      const refusal = typedText(call, 'refusal')
      const ready = (await read(call, rightsRules)).refusals.some(each => each.code === refusal)
      if (!ready && refusal !== 'other') return { faults: [{ field: 'refusal', code: 'required' }] }
      if (refusal === 'other' && said === '') return missing
      return {
        act: () =>
          done('refuse-done', async tx => {
            await refuseCorrection(tx, call, { id, refusal, words: said }, by)
            return list
          }),
      }
    }
    case 'agree':
    case 'give-back': {
      const agreed = act === 'agree'
      if (!agreed && said === '') return missing
      return {
        act: () =>
          done(agreed ? 'accept-done' : 'give-back-done', async tx => {
            await judgeProposal(tx, call, { id, agreed, words: said }, by)
            return list
          }),
      }
    }
    default:
      throw new BadRequest('not-a-choice')
  }
}

/** The record as it would stand; undefined where what is wrong stands elsewhere. */
async function recordFor(
  call: Call,
  id: string,
): Promise<{ ok: true; to: Registration | undefined } | { ok: false; faults: Fault[] }> {
  return read(call, async tx => {
    const { fact, personId } = await getCorrection(tx, id)
    if (!ofRecord(fact)) return { ok: true, to: undefined }
    const before = await recordOf(tx, call.house.crypto, personId)
    return readRecord(before, fact, box => typedText(call, box), dateIn(tx.now, call.town.timeZone))
  })
}

/** GET: a proof that was brought, for whoever decides. */
export async function showProof(call: Call): Promise<Response> {
  const id = idParam(call, 'correction')
  const document = await read(call, async tx => {
    const { personId, decidedAt } = await getCorrection(tx, id)
    const documentId = idParam(call, 'document')
    if (!(await papersIn(tx, id)).includes(documentId)) throw new NotFound('no-such-document')
    const seen = {
      personId,
      subjectKind: 'document',
      subjectId: documentId,
      cause: correctionText('ar', 'cause'),
    }
    await lookInto(call, tx, seen, decidedAt ? undefined : { kind: 'task' })
    return getDocument(tx.asHouse('a proof of a correction this reader decides'), documentId)
  })
  if (document.scan === 'waiting' || document.scan === 'infected') throw new NotFound('no-such-document')
  const bytes = await readContent(call.house, call.town.id, document.sha256)
  const isPicture = document.type === 'image/jpeg' || document.type === 'image/png'
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': document.type,
      'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename="proof"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
