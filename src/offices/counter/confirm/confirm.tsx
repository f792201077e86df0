import { addresses } from '../../../lib/addresses.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { maskPhone } from '../../../lib/phone.ts'
import { translate } from '../../../lib/texts.ts'
import type { Write } from '../../../platform/database/index.ts'
import { aside, type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { record } from '../../audit/index.ts'
import { planMessage, worded } from '../../messaging/index.ts'
import { primaryPhone } from '../../people/index.ts'
import { type ConfirmationWay, type Draft, saveDraft } from '../../requests/index.ts'
import { keepCase, keepNow } from '../case/keep.ts'
import { lookAtCase, openCase } from '../case/open.ts'
import { showCaseAgain } from '../case/show.tsx'
import { byOf } from '../clerk.ts'
import { counterDraft } from '../store.ts'
import { told } from '../told.ts'
import { checkConfirmationCode, fingerprint, newConfirmationCode } from './confirmed.ts'
import { ScreenPage } from './screen-page.tsx'
import { confirmTexts } from './strings.ts'

export const confirmRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterDraftScreen,
    access: staff('request.file'),
    audit: looks('counter.case-shown'),
    handle: showScreen,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftScreen,
    access: staff('request.file'),
    audit: acts('counter.summary-confirmed'),
    handle: confirmOnScreen,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftConfirm,
    access: staff('request.file'),
    audit: acts('counter.summary-confirmed'),
    bodyLimit: 80 * 1024 * 1024,
    handle: confirmByCode,
  }),
]

/** What was typed, large, for the applicant to read: on the screen that is turned to them, or on the sheet they sign. */
async function showScreen(call: Call): Promise<Response> {
  const of = await read(call, async tx => {
    await lookAtCase(tx, call, idParam(call, 'draft'))
    return openCase(tx, call, idParam(call, 'draft'))
  })
  const { draft } = of.form
  if (draft.requestId) return redirect(url(call, addresses.counterReceived, { id: draft.requestId }))
  return showPage(call, <ScreenPage of={of} />)
}

async function confirmOnScreen(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const how = typedText(call, 'how') === 'sheet' ? 'sheet' : 'screen'
  return write(call, async tx => {
    const draft = await counterDraft(tx, draftId, true)
    if (draft.requestId) return { redirect: url(call, addresses.counterReceived, { id: draft.requestId }) }
    // Confirmed is what stood on the screen: whatever was changed at another window meanwhile was not read.
    if (typedText(call, 'of') !== fingerprint(draft))
      return { redirect: url(call, addresses.counterDraftScreen, { draft: draftId }) }
    await confirm(tx, call, draft, how)
    return { redirect: `${url(call, addresses.counterDraft, { draft: draftId })}#filing` }
  })
}

/** Sends a code to the applicant's telephone, or checks the one they read out. */
async function confirmByCode(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  await keepNow(call, draftId)
  const { crypto } = call.house
  const back = `${url(call, addresses.counterDraft, { draft: draftId })}#filing`
  if (typedText(call, 'do') === 'send') {
    const draft = await read(call, tx => counterDraft(tx, draftId))
    const phone = await read(call, tx => primaryPhone(tx, crypto, draft.personId))
    // A number several people share proves nobody.
    if (!phone || phone.shared)
      return showCaseAgain(call, { faults: [{ field: 'code', code: 'phone-missing' }] })
    const answer = await write(call, async tx => {
      await keepCase(tx, call, draftId)
      const { code, confirmation } = newConfirmationCode({ tx, crypto }, draftId, tx.now)
      await saveDraft(tx, draftId, { confirmation })
      const words = await worded(tx, call.house, told.code, { code })
      await planMessage(tx, call.house, { ...words, personId: draft.personId })
      return { redirect: back }
    })
    flash(call, {
      text: translate(confirmTexts, call.locale, 'code-sent', { phone: maskPhone(phone.e164) }),
    })
    return answer
  }
  const typed = toWesternDigits(typedText(call, 'code')).replace(/\s/g, '')
  const draft = await read(call, tx => counterDraft(tx, draftId))
  const checked = checkConfirmationCode({ tx: { town: call.town.id }, crypto }, draft, typed, call.now)
  if (!checked.right) {
    await aside(call, tx => saveDraft(tx, draftId, { confirmation: checked.confirmation }))
    return showCaseAgain(call, { faults: [{ field: 'code', code: checked.fault }] })
  }
  return write(call, async tx => {
    await keepCase(tx, call, draftId)
    await confirm(tx, call, await counterDraft(tx, draftId), 'code')
    return { redirect: back }
  })
}

async function confirm(tx: Write, call: Call, draft: Draft, how: ConfirmationWay): Promise<void> {
  const confirmation = { how, at: tx.now.toISOString(), of: fingerprint(draft) }
  await saveDraft(tx, draft.id, { confirmation })
  await record(tx, {
    actor: byOf(call),
    act: 'counter.summary-confirmed',
    subjectKind: 'draft',
    subjectId: draft.id,
    personId: draft.personId,
    cause: translate(confirmTexts, 'ar', `done-${how}`),
  })
}
