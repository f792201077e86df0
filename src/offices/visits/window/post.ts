import { addresses } from '../../../lib/addresses.ts'
import { DomainError } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type Call, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash, redirect } from '../../../web/page.tsx'
import { identities } from '../model.ts'
import { atWindow } from '../staff.ts'
import { visitText } from '../strings.ts'
import { beginServing, callNext, closeWindow, finish, noShow, openWindow } from '../window.ts'
import { refusalOf } from './refusals.ts'

/** The buttons of the strip. What is refused is said on the page one stands on, and nothing has changed. */
export async function postStrip(call: Call): Promise<Response> {
  const back = backOf(call)
  let said: string | undefined
  try {
    const answer = await write(call, async tx => {
      said = await act(tx, call)
      return { redirect: back }
    })
    if (said) flash(call, { text: said, tone: 'info' })
    return answer
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    flash(call, { text: visitText(call.locale, refusalOf(error)), tone: 'sumac' })
    return redirect(back)
  }
}

async function act(tx: Write, call: Call): Promise<string | undefined> {
  const who = atWindow(call)
  const window = wholeOf(typedText(call, 'open'))
  if (window > 0) {
    await openWindow(tx, { ...who, number: window })
    return undefined
  }
  switch (typedText(call, 'do')) {
    case 'done-next':
      await finish(tx, call, who)
      return nextOf(tx, call)
    case 'next':
      return nextOf(tx, call)
    case 'serve': {
      const identity = identities.find(each => each === typedText(call, 'identity')) ?? 'none'
      await beginServing(tx, call, { ...who, identity })
      return undefined
    }
    case 'no-show':
      await noShow(tx, call, who)
      return undefined
    case 'done':
      await finish(tx, call, who)
      return undefined
    case 'close':
      await closeWindow(tx, who)
      return undefined
    default:
      return undefined
  }
}

/** Who was called stands in the strip; only that nobody was is said besides. */
async function nextOf(tx: Write, call: Call): Promise<string | undefined> {
  const visit = await callNext(tx, call, atWindow(call))
  return visit ? undefined : visitText(call.locale, 'nobody-waits')
}

/** The page of the counter whose strip it was; no other place. */
function backOf(call: Call): string {
  const back = typedText(call, 'back')
  const counter = url(call, addresses.counter)
  const ours = back === counter || back.startsWith(`${counter}/`) || back.startsWith(`${counter}?`)
  return ours ? back : counter
}
