import { addresses } from '../../../lib/addresses.ts'
import { BadRequest } from '../../../lib/errors.ts'
import { CitizenLayout, Head, LinkButton, PhoneText, usePage, useTexts } from '../../../ui/index.ts'
import { readBody } from '../../../web/body.ts'
import { noteBudget } from '../../../web/budget.ts'
import { aside, type Call, param, read } from '../../../web/call.ts'
import { clientOf } from '../../../web/client.ts'
import { showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { openGuard } from './guard.ts'
import { mostTries, readCode, type ShortLink } from './model.ts'
import { openerOf } from './registry.ts'
import { findLink, noteOpened } from './store.ts'
import { linkTexts } from './words.ts'

const guard = openGuard()
const smallForm = 64 * 1024

/** The link of the address, as far as this knock may still look for one. */
async function linkOf(call: Call): Promise<ShortLink | undefined> {
  const code = param(call, 'code')
  const client = `${call.town.id} ${clientOf(call)}`
  if (guard.isShut(client, call.now)) return undefined
  const link = readCode(code) && (await read(call, tx => findLink(tx, call.house, code)))
  if (!link && guard.noteMiss(client, call.now)) noteBudget(call, 'short-links')
  return link || undefined
}

/** `/s/CODE`: what stands behind a short link. */
async function open(call: Call): Promise<Response> {
  const link = await linkOf(call)
  const opener = link && openerOf(link.kind)
  if (!link || !opener) return showDead(call)
  const answer = await opener.open(call, link)
  if (answer.status < 400) await aside(call, tx => noteOpened(tx, link.id))
  return answer
}

/** What is sent from a link's page. The body is read only once the link is known to take more: nobody else's bytes are taken in. */
async function take(call: Call): Promise<Response> {
  const link = await linkOf(call)
  const opener = link && openerOf(link.kind)
  if (!link || !opener?.take) return showDead(call)
  if (link.tries < mostTries) {
    if (!call.request.headers.get('content-length')) throw new BadRequest('length-missing')
    await readBody(call, { ...sending, bodyLimit: opener.bodyLimit ?? smallForm })
  }
  return opener.take(call, link)
}

const showDead = (call: Call): Response => showPage(call, <DeadLink />, 404)

/** One page for a code that never was, and for one that has expired. */
function DeadLink() {
  const t = useTexts(linkTexts)
  const { url, town } = usePage()
  return (
    <CitizenLayout title={t('dead-title')} unlisted>
      <div className="read">
        <Head title={t('dead-title')} sub={t('dead-text')} />
        <p className="row mt">
          <LinkButton href={url(addresses.track)} big>
            {t('dead-track')}
          </LinkButton>
        </p>
        <p className="mut mt-s">
          {t('dead-call')} <PhoneText value={town.phone} call />
        </p>
      </div>
    </CitizenLayout>
  )
}

const holder = everyone(
  'whoever holds the link: it shows a request’s number and what it waits for, and no person',
  { house: 'the code of the link opens its request' },
)

const sending: Route = route({
  method: 'post',
  address: addresses.shortLink,
  access: holder,
  audit: acts('request.paper-by-link'),
  rawBody: true,
  handle: take,
})

/** Short links of our own, for whoever has nothing but the message. */
export const linkRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.shortLink,
    access: holder,
    audit: nothing('shows nothing personal; the first opening is noted on the link'),
    handle: open,
  }),
  sending,
]
