import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import {
  CitizenLayout,
  Columns,
  Crumbs,
  DateText,
  Head,
  HowLink,
  LinkButton,
  LinkList,
  Note,
  Pane,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, param, read } from '../../../web/call.ts'
import { showAlike } from '../../../web/page.tsx'
import { officesOf } from '../../people/index.ts'
import { isTimeConfirmed } from '../confirm/store.ts'
import { paceOf } from '../pace.ts'
import { type CatalogueService, catalogueOf } from '../shelf.ts'
import { amountsOn, sheetFees } from './amounts.ts'
import { Facts, Guide, type Sheet } from './sheet.tsx'
import { guideTexts } from './strings.ts'
import { groupOf, paceWords } from './words.tsx'

/** `/services/CODE`: the guide sheet of a service. One that was retired says so, and is not a missing page. */
export function showService(call: Call): Promise<Response> {
  return showAlike(call, async () => {
    const { found, near, sheet } = await read(call, tx => sheetOf(tx, call))
    if (found.retired) return { body: <RetiredPage />, status: 410 }
    return { body: <ServicePage sheet={sheet} near={near.slice(0, 4)} ending={found.ending} /> }
  })
}

/** What the sheet tells; asked together, it travels together. */
async function sheetOf(tx: Read, call: Call) {
  const today = dateIn(call.now, call.town.timeZone)
  const code = param(call, 'code')
  const [catalogue, offices, amounts, pace] = await Promise.all([
    catalogueOf(tx),
    officesOf(tx),
    amountsOn(tx, today),
    paceOf(tx, code),
  ])
  const found = catalogue.find(code)
  if (!found) throw new NotFound('no-such-page')
  const { definition } = found.service
  const near = catalogue.offered.filter(
    each => each.code !== code && each.service.definition.group === definition.group,
  )
  const sheet: Sheet = {
    service: found.service,
    fees: sheetFees(found.service, amounts, today),
    offices: new Map(offices.map(office => [office.code, office.name])),
    today,
    timeConfirmed: await isTimeConfirmed(tx, definition),
    lately: pace && paceWords(pace, call.town.calendar, call.locale),
  }
  return { found, near, sheet }
}

type PageProps = { sheet: Sheet; near: CatalogueService[]; ending: CatalogueService['ending'] }

function ServicePage({ sheet, near, ending }: PageProps) {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { definition } = sheet.service
  const group = groupOf(definition.group)
  return (
    <CitizenLayout title={local(definition.name)} description={local(definition.summary)}>
      <Crumbs
        links={[
          { href: url(addresses.services), label: t('services-title') },
          { href: `${url(addresses.services)}#group-${group}`, label: t(`group-${group}`) },
        ]}
      />
      <Columns
        sticky
        side={
          <>
            <div className="only-wide">
              <ApplyPane sheet={sheet} />
            </div>
            <Pane id="other" title={t('help-other')}>
              <p className="sm mut">{t('help-other-text')}</p>
            </Pane>
            {near.length > 0 && (
              <Pane id="near" title={t('near')}>
                <LinkList
                  links={near.map(({ code, service }) => ({
                    href: url(addresses.service, { code }),
                    label: local(service.definition.name),
                  }))}
                />
              </Pane>
            )}
          </>
        }
      >
        <Head title={local(definition.name)} />
        <p className="lead">{local(definition.summary)}</p>
        {ending && <Ending of={ending} />}
        <Facts sheet={sheet} />
        <div className="only-narrow mt">
          <ApplyPane sheet={sheet} />
        </div>
        <Guide sheet={sheet} />
      </Columns>
    </CitizenLayout>
  )
}

/** Until when requests are taken, in the town's words. */
function Ending({ of: { at, words } }: { of: NonNullable<CatalogueService['ending']> }) {
  const rich = useRichTexts(guideTexts)
  const local = useLocalized()
  return (
    <Note tone="honey">
      {rich('ends-on', { date: <DateText value={at} form="plain" /> })} {words && <bdi>{local(words)}</bdi>}
    </Note>
  )
}

function ApplyPane({ sheet }: { sheet: Sheet }) {
  const t = useTexts(guideTexts)
  const { url } = usePage()
  const { code, channels } = sheet.service.definition
  if (!channels.includes('web')) return <p className="pane pad sm">{t('apply-counter')}</p>
  return (
    <div className="pane pad stack">
      <LinkButton big full iconEnd="go" href={url(addresses.startDraft, { code })}>
        {t('apply')}
      </LinkButton>
      <p className="sm mut">{t('apply-note')}</p>
      <HowLink topic="file" />
    </div>
  )
}

function RetiredPage() {
  const t = useTexts(guideTexts)
  const { url } = usePage()
  return (
    <CitizenLayout title={t('retired-title')} unlisted>
      <div className="read">
        <Head title={t('retired-title')} />
        <p className="lead">{t('retired-text')}</p>
        <p className="row mt">
          <LinkButton href={url(addresses.services)}>{t('services-all')}</LinkButton>
        </p>
      </div>
    </CitizenLayout>
  )
}
