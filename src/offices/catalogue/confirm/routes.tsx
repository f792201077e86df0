import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { translate } from '../../../lib/texts.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { ConfirmPage } from './page.tsx'
import { confirm, doubtsOf } from './store.ts'
import { confirmTexts } from './strings.ts'

/** GET: what the services assume; one of them open to be confirmed. */
async function showDoubts(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const typed = (name: string) => typedText(call, name)
  const view = {
    doubts: await read(call, doubtsOf),
    mayWrite: may(call.visitor.actor, 'settings.write'),
    open: faults.length > 0 ? `${typed('code')}/${typed('item')}` : (call.query.open ?? ''),
    typed: typed('ground'),
    faults,
  }
  return showPage(call, <ConfirmPage view={view} />, faults.length > 0 ? 422 : 200)
}

/** POST: one assumption holds here, and on what ground. */
async function saveDoubt(call: Call): Promise<Response> {
  const ground = typedText(call, 'ground').trim().slice(0, 120)
  if (ground === '') return showDoubts(call, [{ field: 'ground', code: 'required' }])
  const answer = await write(call, async tx => {
    const [code, item, words] = [typedText(call, 'code'), typedText(call, 'item'), typedText(call, 'words')]
    const what = { code, item, words, ground }
    await confirm(tx, what, actorKey(call.visitor.actor))
    return { redirect: url(call, addresses.manageConfirm) }
  })
  flash(call, { text: translate(confirmTexts, call.locale, 'said') })
  return answer
}

/** What nobody has verified of the services: read by the staff, confirmed by the administrator. */
export const confirmRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.manageConfirm,
    access: staff('settings.read'),
    audit: nothing('says nothing of anybody'),
    handle: call => showDoubts(call),
  }),
  route({
    method: 'post',
    address: addresses.manageConfirm,
    access: staff('settings.write'),
    audit: acts('catalogue.confirm'),
    handle: saveDoubt,
  }),
]
