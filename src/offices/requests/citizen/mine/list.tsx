import { addresses } from '../../../../lib/addresses.ts'
import {
  CitizenLayout,
  Empty,
  Head,
  LinkButton,
  Pager,
  Section,
  Stack,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, url, wholeOf } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { catalogueOf } from '../../../catalogue/index.ts'
import { personOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { linesOf } from './home.tsx'
import { Calls, type Line, Lines, waitsForMe } from './lines.tsx'
import { myRequests } from './store.ts'

/** Requests on a page of them. */
const onePage = 50

/** All of a citizen's requests, a page at a time. */
export async function showMine(call: Call): Promise<Response> {
  const personId = personOf(call)
  const from = Math.max(0, wholeOf(call.query.from))
  const lines = await read(call, async tx => {
    // One more than is shown says whether there are others.
    const [catalogue, found] = await Promise.all([
      catalogueOf(tx),
      myRequests(tx, personId, onePage + 1, from),
    ])
    return linesOf(catalogue, found)
  })
  const to = (start: number) => url(call, addresses.myRequests, {}, { from: String(start) })
  const leaf = {
    ...(from > 0 && { previous: to(Math.max(0, from - onePage)) }),
    ...(lines.length > onePage && { next: to(from + onePage) }),
  }
  return showPage(call, <MinePage lines={lines.slice(0, onePage)} leaf={leaf} />)
}

function MinePage({ lines, leaf }: { lines: Line[]; leaf: { previous?: string; next?: string } }) {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  const waiting = lines.filter(waitsForMe)
  const open = lines.filter(line => !waitsForMe(line) && !line.request.closedAt)
  const ended = lines.filter(line => line.request.closedAt)
  return (
    <CitizenLayout title={t('mine')} unlisted>
      <Head
        title={t('mine')}
        actions={
          <LinkButton variant="quiet" icon="plus" href={url(addresses.services)}>
            {t('new-request')}
          </LinkButton>
        }
      />
      <Stack gap="large">
        {lines.length === 0 && (
          <Empty level={2} title={t('none-title')}>
            {t('none-text')}
          </Empty>
        )}
        {waiting.length > 0 && (
          <Section id="waiting" title={t('waiting')}>
            <Calls lines={waiting} />
          </Section>
        )}
        {open.length > 0 && (
          <Section id="open" title={t('open-requests')}>
            <Lines lines={open} />
          </Section>
        )}
        {ended.length > 0 && (
          <Section id="ended" title={t('ended-requests')}>
            <Lines lines={ended} />
          </Section>
        )}
        <Pager {...leaf} />
      </Stack>
    </CitizenLayout>
  )
}
