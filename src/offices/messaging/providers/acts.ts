import { z } from 'zod'
import { addresses } from '../../../lib/addresses.ts'
import { isolate, stripControls } from '../../../lib/arabic.ts'
import { BadRequest, type Fault } from '../../../lib/errors.ts'
import { isId, newId } from '../../../lib/ids.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Flash } from '../../../ui/page.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { record } from '../../audit/index.ts'
import type { HandedOver } from '../carriers/model.ts'
import { openProvider, type Provider } from '../carriers/store.ts'
import { takeIncoming } from '../incoming/index.ts'
import { takeReports } from '../outbox/index.ts'
import { type ProofText, proofText, proofTexts } from '../proof/strings.ts'
import { templateText } from '../templates/strings.ts'
import { drawProviders } from './pages/list.tsx'
import { drawProvider, getProvider } from './pages/one.tsx'
import { isPausable, type Paused, pause, resume } from './pauses.ts'
import { renewHook, switchProvider } from './store.ts'
import { providerText } from './strings.ts'

const longestReason = 200

/** POST: pauses everything, a kind or a text, with a reason; or goes on with what was paused. */
export async function savePause(call: Call): Promise<Response> {
  const by = actorKey(call.visitor.actor)
  const again = typedText(call, 'resume')
  const back = url(call, addresses.messageProviders)
  if (again) {
    if (!isId(again)) throw new BadRequest('not-a-pause')
    let what: Paused | undefined
    const answer = await write(call, async tx => {
      what = await resume(tx, { id: again, by: by.id })
      if (what)
        await record(tx, {
          actor: by,
          act: 'messages.resumed',
          subjectKind: 'message-pause',
          subjectId: what,
        })
      return { redirect: back }
    })
    if (what) flash(call, { text: providerText(call.locale, 'resumed', { what: said(call, what) }) })
    return answer
  }
  const { what, reason, faults } = readPause(call)
  if (!what) return drawProviders(call, faults)
  const answer = await write(call, async tx => {
    if (await pause(tx, { what, reason, by: by.id }))
      await record(tx, {
        actor: by,
        act: 'messages.paused',
        subjectKind: 'message-pause',
        subjectId: what,
        cause: reason,
      })
    return { redirect: back }
  })
  flash(call, { text: providerText(call.locale, 'paused', { what: said(call, what) }), tone: 'honey' })
  return answer
}

function readPause(call: Call): { what?: Paused; reason: string; faults: Fault[] } {
  const faults: Fault[] = []
  const reason = stripControls(typedText(call, 'reason')).trim()
  if (reason === '' || reason.length > longestReason) faults.push({ field: 'reason', code: 'pause-reason' })
  const chosen = typedText(call, 'what')
  const template = typedText(call, 'template').trim()
  const what = chosen === 'template' ? `template:${template}` : chosen
  if (!isPausable(what) || (template !== '' && chosen !== 'template' && chosen !== ''))
    faults.push(
      chosen === 'template'
        ? { field: 'template', code: 'pause-template' }
        : { field: 'what', code: 'pause-what' },
    )
  return faults.length === 0 && isPausable(what) ? { what, reason, faults } : { reason, faults }
}

/** What is paused, in words. */
function said(call: Call, what: Paused): string {
  if (what === '*') return providerText(call.locale, 'pause-all')
  const name = what.slice(what.indexOf(':') + 1)
  return what.startsWith('kind:')
    ? providerText(call.locale, 'pause-kind', {
        kind: templateText(call.locale, `kind-${name}` as Parameters<typeof templateText>[1]),
      })
    : providerText(call.locale, 'pause-template', { template: isolate(name) })
}

/** POST: what is done with a provider: a test message, a check, on and off, new addresses. */
export async function actOnProvider(call: Call): Promise<Response> {
  const provider = await getProvider(call)
  const what = typedText(call, 'do')
  if (what === 'try') return tryOut(call, provider)
  if (what === 'check') return checkUp(call, provider)
  if (what === 'renew' || what === 'on' || what === 'off') return change(call, provider, what)
  throw new BadRequest('no-such-act')
}

const saidAfter = { on: 'switched-on', off: 'switched-off', renew: 'hook-renewed' } as const

async function change(call: Call, provider: Provider, what: keyof typeof saidAfter): Promise<Response> {
  const answer = await write(call, async tx => {
    if (what === 'renew') await renewHook(tx, call.house, provider)
    else await switchProvider(tx, provider.id, what === 'on')
    const act = what === 'renew' ? 'messages.provider-address-changed' : `messages.provider-${what}`
    await record(tx, { ...about(call, provider), act })
    return { redirect: url(call, addresses.messageProvider, { provider: provider.id }) }
  })
  flash(call, { text: providerText(call.locale, saidAfter[what], { name: isolate(provider.name) }) })
  return answer
}

const about = (call: Call, provider: Provider) => ({
  actor: actorKey(call.visitor.actor),
  subjectKind: 'message-provider',
  subjectId: provider.id,
  cause: provider.name,
})

/**
 * Sends a message through this provider and no other, over a line of its own. Written down before it is sent; the same form sent twice
 * sends nothing again.
 */
async function tryOut(call: Call, provider: Provider): Promise<Response> {
  const to = readAddress(provider, typedText(call, 'to'))
  if ('fault' in to) return drawProvider(call, [{ field: 'to', code: to.fault }])
  const messageId = newId(call.now)
  const told = await once(call, provider, 'messages.provider-tried', async carrier => {
    const text = providerText(call.locale, 'try-text', { town: call.town.name[call.locale] })
    const subject = call.town.name[call.locale]
    return sayHanded(
      call,
      provider,
      await carrier.send({ messageId, channel: provider.channel, ...to, text, subject }),
    )
  })
  return told
}

const email = z.email().max(200)

function readAddress(provider: Provider, typed: string): { to: string } | { fault: string } {
  if (provider.channel === 'email')
    return email.safeParse(typed.trim()).success ? { to: typed.trim() } : { fault: 'email-malformed' }
  const phone = parsePhone(typed)
  if (!phone.ok) return { fault: phone.code }
  return phone.value.kind === 'fixed' ? { fault: 'phone-not-mobile' } : { to: phone.value.e164 }
}

/** Asks a provider whether it would take a message, and what is left of the balance. */
const checkUp = (call: Call, provider: Provider): Promise<Response> =>
  once(call, provider, 'messages.provider-checked', async carrier => {
    const name = isolate(provider.name)
    const { up, reason, detail } = await carrier.check()
    if (!up) {
      const words = { name, ...why(call, reason, detail) }
      return { text: providerText(call.locale, 'check-down', words), tone: 'sumac' }
    }
    const balance = await carrier.balance?.()
    return balance === undefined
      ? { text: providerText(call.locale, 'check-up', { name }), tone: 'olive' }
      : { text: providerText(call.locale, 'check-balance', { name, balance }), tone: 'olive' }
  })

/** Opens a line of its own to a provider once for a form, and says what came of it on the next page. */
async function once(
  call: Call,
  provider: Provider,
  act: string,
  work: (carrier: ReturnType<typeof openProvider>) => Promise<Flash>,
): Promise<Response> {
  let first = false
  const answer = await write(call, async tx => {
    await record(tx, { ...about(call, provider), act })
    tx.afterCommit(() => {
      first = true
    })
    return { redirect: url(call, addresses.messageProvider, { provider: provider.id }) }
  })
  if (!first) return answer
  const { house, town } = call
  // What comes over this line meanwhile is heard as over any other.
  const carrier = openProvider(house, town, provider, {
    report: reports => takeReports(house, town.id, provider.id, reports),
    incoming: text => takeIncoming(house, town, provider.name, text),
  })
  try {
    flash(call, await work(carrier))
  } finally {
    await carrier.close()
  }
  return answer
}

function sayHanded(call: Call, provider: Provider, handed: HandedOver): Flash {
  const name = isolate(provider.name)
  if (handed.outcome === 'accepted')
    return { text: providerText(call.locale, 'try-accepted', { name }), tone: 'olive' }
  const words = { name, ...why(call, handed.failure, handed.detail) }
  const tone = handed.outcome === 'refused' ? 'sumac' : 'honey'
  return { text: providerText(call.locale, `try-${handed.outcome}`, words), tone }
}

/** Why, in our words and then in the provider's own. */
function why(call: Call, reason: string | undefined, detail: string | undefined) {
  const key = `failure-${reason ?? 'none'}`
  const known = key in proofTexts.ar ? proofText(call.locale, key as ProofText) : (reason ?? '')
  return { reason: known, detail: detail ? ` (${isolate(detail)})` : '' }
}
