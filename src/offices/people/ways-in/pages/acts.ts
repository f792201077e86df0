import { addresses } from '../../../../lib/addresses.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { type Call, param, typedText, url, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { addKey, changeApp, changePassword, endLogIns, removeKey } from '../mine.ts'
import { staffIdOf } from '../own.ts'
import { passkeyAnswer } from '../site.ts'
import { type WayText, wayText } from '../strings.ts'
import { openAppSecret, showApp } from './app.tsx'
import { showSecurity } from './security.tsx'

const home = (call: Call) => ({ redirect: url(call, addresses.mySecurity) })

function say(call: Call, key: WayText, values?: Record<string, string>): void {
  flash(call, { text: wayText(call.locale, key, values), tone: 'olive' })
}

/** Does an act of this page; what is wrong with it brings the page back. */
async function orAgain(call: Call, field: string, act: () => Promise<Response>): Promise<Response> {
  const { answer, faults } = await orFaults(field, act)
  return answer ?? showSecurity(call, faults)
}

/** POST: another password. */
export function savePassword(call: Call): Promise<Response> {
  return orAgain(call, 'password', async () => {
    const typed = { password: typedText(call, 'password'), again: typedText(call, 'again') }
    const change = await changePassword(call.house, call.town.id, staffIdOf(call), typed)
    const answer = await write(call, async tx => {
      await change(tx, call.visitor.sessionHash)
      return home(call)
    })
    say(call, 'password-changed')
    return answer
  })
}

/** POST: the app that showed this code. */
export async function saveApp(call: Call): Promise<Response> {
  const secret = openAppSecret(call, typedText(call, 'secret'))
  if (secret === undefined) {
    flash(call, { text: wayText(call.locale, 'app-again'), tone: 'info' })
    return showApp(call)
  }
  const { answer, faults } = await orFaults('code', async () => {
    const done = await write(call, async tx => {
      await changeApp(tx, call.house, staffIdOf(call), { secret, code: typedText(call, 'code') })
      return home(call)
    })
    say(call, 'app-saved')
    return done
  })
  return answer ?? showApp(call, secret, faults)
}

/** POST: one more key. */
export function savePasskey(call: Call): Promise<Response> {
  const name = stripControls(typedText(call, 'name')).trim().slice(0, 40)
  return orAgain(call, 'passkey', async () => {
    const answered = passkeyAnswer(call)
    const faults: Fault[] = [
      ...(name === '' ? [{ field: 'name', code: 'passkey-name-missing' }] : []),
      ...(answered ? [] : [{ field: 'passkey', code: 'passkey-not-added' }]),
    ]
    if (!answered || faults.length > 0) throw new InvalidInput(faults)
    const answer = await write(call, async tx => {
      await addKey(tx, call.house, staffIdOf(call), answered, name)
      return home(call)
    })
    say(call, 'passkey-added', { name })
    return answer
  })
}

/** POST: takes a key away. */
export function dropPasskey(call: Call): Promise<Response> {
  return orAgain(call, 'passkeys', async () => {
    let name = ''
    const answer = await write(call, async tx => {
      name = await removeKey(tx, staffIdOf(call), param(call, 'key'))
      return home(call)
    })
    if (name !== '') say(call, 'passkey-removed', { name })
    return answer
  })
}

/** POST: ends one log-in, or every other one. */
export function stopLogIns(call: Call): Promise<Response> {
  const one = typedText(call, 'log-in')
  return orAgain(call, 'log-ins', async () => {
    const answer = await write(call, async tx => {
      const which = /^[0-9a-f]{64}$/.test(one) ? { one } : { allBut: call.visitor.sessionHash }
      await endLogIns(tx, staffIdOf(call), which)
      return home(call)
    })
    say(call, 'log-ins-ended')
    return answer
  })
}
