import { addresses } from '../../../lib/addresses.ts'
import type { DomainError } from '../../../lib/errors.ts'
import { CitizenLayout, Head, LinkButton, Note, Read, StaffLayout } from '../../../ui/index.ts'
import { type Call, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { destructionText } from '../strings.ts'

/** What a request that was destroyed shows, to whoever could read it: that it was, and by which decision. 410. */
export async function showTombstone(call: Call, error: DomainError): Promise<Response> {
  const { number, minutes } = error.details
  const title = destructionText(call.locale, 'tombstone')
  const values = { number: String(number), minutes: String(minutes) }
  const Layout = call.visitor.actor.kind === 'staff' ? StaffLayout : CitizenLayout
  return showPage(
    call,
    <Layout title={title}>
      <Read>
        <Head title={`${title} ${values.minutes}`} />
        <Note icon="box">{destructionText(call.locale, 'tombstone-text', values)}</Note>
        <p className="row mt">
          <LinkButton href={url(call, addresses.openDestruction)} variant="quiet">
            {destructionText(call.locale, 'tombstone-acts')}
          </LinkButton>
        </p>
      </Read>
    </Layout>,
    410,
  )
}
