import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, type Fault, Forbidden, InvalidInput } from '../../../../lib/errors.ts'
import { translate } from '../../../../lib/texts.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect, showPage } from '../../../../web/page.tsx'
import { acts, looks, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { lookInto } from '../../../looks/index.ts'
import { staffById } from '../../../people/index.ts'
import { isReviewed, setReviewed } from '../rule.ts'
import { letterTexts } from '../words.ts'
import { decideOnLetter, heldField } from './acts.ts'
import { HeldPage } from './page.tsx'
import { heldLetters } from './store.ts'

type Trouble = { on: string; faults: readonly Fault[]; note: string }

async function showHeld(call: Call, trouble?: Trouble): Promise<Response> {
  const view = await read(call, async tx => {
    const letters = await heldLetters(tx, call.visitor.actor)
    for (const { id, applicant, requestId } of letters) {
      const seen = { personId: applicant.id, requestId, subjectKind: 'letter', subjectId: id }
      await lookInto(call, tx, { ...seen, cause: letterTexts.ar['look-cause'] }, { kind: 'task' })
    }
    const writers = await staffById(
      tx,
      letters.map(({ by }) => by),
    )
    return { letters, writers, reviewed: await isReviewed(tx, call) }
  })
  return showPage(call, <HeldPage call={call} {...view} {...trouble} />, trouble ? 422 : 200)
}

async function decide(call: Call): Promise<Response> {
  const id = idParam(call, 'letter')
  const here = url(call, addresses.heldLetters)
  const go = typedText(call, heldField.go) === 'yes'
  const note = typedText(call, heldField.note)
  try {
    const answer = await write(call, async tx => {
      await decideOnLetter(tx, call, call.visitor.actor, id, go ? { go } : { go, note })
      return { redirect: here }
    })
    flash(call, { text: translate(letterTexts, call.locale, go ? 'let-go' : 'sent-back'), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showHeld(call, { on: id, faults: error.faults, note })
    if (!(error instanceof Conflict) || !(error.code === 'letter-decided' || error.code === 'own-letter'))
      throw error
    flash(call, { text: translate(letterTexts, call.locale, error.code), tone: 'sumac' })
    return redirect(here)
  }
}

async function setRule(call: Call): Promise<Response> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  const answer = await write(call, async tx => {
    await setReviewed(tx, call, typedText(call, 'reviewed') === 'yes', actor.staffId)
    return { redirect: url(call, addresses.heldLetters) }
  })
  flash(call, { text: translate(letterTexts, call.locale, 'rule-set'), tone: 'olive' })
  return answer
}

/** Letters of the staff that a second person looks at before they reach anybody. */
export const heldRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.heldLetters,
    access: staff('letter.review', 'request.read'),
    audit: looks('request.letter-reviewed'),
    handle: call => showHeld(call),
  }),
  route({
    method: 'post',
    address: addresses.heldLetter,
    access: staff('letter.review', 'request.read'),
    audit: acts('request.letter-let-go'),
    handle: decide,
  }),
  route({
    method: 'get',
    address: addresses.heldLetter,
    access: staff('letter.review', 'request.read'),
    audit: nothing('leads on to the list'),
    handle: call => redirect(url(call, addresses.heldLetters)),
  }),
  route({
    method: 'post',
    address: addresses.heldRule,
    access: staff('message.settings'),
    audit: acts('treasury.setting-set'),
    handle: setRule,
  }),
]
