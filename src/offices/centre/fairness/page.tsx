import { addresses } from '../../../lib/addresses.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  CitizenLayout,
  DateText,
  Figures,
  Head,
  Note,
  Num,
  Section,
  Stack,
  Table,
  useLocalized,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { type Fairness, fairnessOf } from './count.ts'
import { fairnessTexts } from './strings.ts'

export const fairnessRoute: Route = route({
  method: 'get',
  address: addresses.openFairness,
  access: everyone('counts of a year, of nobody'),
  audit: nothing('shows counts and nothing of a person'),
  mayBeOld: true,
  handle: showFairness,
})

/** `/open/fairness`: for each service, what was served before its turn, with and without a reason. */
async function showFairness(call: Call): Promise<Response> {
  const seen = await read(call, async tx => {
    const catalogue = await catalogueOf(tx)
    const figures = await fairnessOf(tx, call.town.timeZone)
    const names = new Map(
      figures.rows.map(each => [each.serviceCode, catalogue.find(each.serviceCode)?.service.definition.name]),
    )
    return { ...figures, names }
  })
  return showPage(call, <FairnessPage {...seen} />)
}

type Seen = Awaited<ReturnType<typeof fairnessOf>> & { names: Map<string, Localized | undefined> }

const sumOf = (rows: readonly Fairness[], what: Exclude<keyof Fairness, 'serviceCode'>): number =>
  rows.reduce((sum, each) => sum + each[what], 0)

function FairnessPage({ rows, since, countedAt, names }: Seen) {
  const t = useTexts(fairnessTexts)
  const rich = useRichTexts(fairnessTexts)
  return (
    <CitizenLayout title={t('title')}>
      <Head title={t('title')} sub={t('intro')} />
      {countedAt ? (
        <Stack gap="large">
          <Sums rows={rows} />
          <Services rows={rows} names={names} />
          <p className="sm mut">
            {rich('since', {
              date: <DateText value={since} form="plain" />,
              counted: <DateText value={countedAt} form="moment" />,
            })}
          </p>
          <Section id="how" title={t('how')}>
            <ul className="lines">
              <li>{t('how-overtaking')}</li>
              <li>{t('how-reasoned')}</li>
              <li>{t('how-waited')}</li>
            </ul>
          </Section>
        </Stack>
      ) : (
        <Note>{t('none')}</Note>
      )}
    </CitizenLayout>
  )
}

const kinds = ['unreasoned', 'reasoned', 'waited'] as const

function Sums({ rows }: { rows: Fairness[] }) {
  const t = useTexts(fairnessTexts)
  const served = sumOf(rows, 'served')
  return (
    <Figures
      figures={kinds.map(kind => ({
        label: t(`figure-${kind}`),
        value: sumOf(rows, kind).toLocaleString('en'),
        note: t('figure-of', {
          served,
          share: served === 0 ? 0 : ((100 * sumOf(rows, kind)) / served).toFixed(1),
        }),
      }))}
    />
  )
}

function Services({ rows, names }: { rows: Fairness[]; names: Seen['names'] }) {
  const t = useTexts(fairnessTexts)
  const local = useLocalized()
  const name = (code: string) => {
    const known = names.get(code)
    return known ? local(known) : code
  }
  return (
    <Table
      caption={t('title')}
      rows={rows}
      rowId={each => each.serviceCode}
      columns={[
        { id: 'service', head: t('service'), cell: each => name(each.serviceCode), heads: true },
        { id: 'served', head: t('served'), cell: each => <Num>{each.served}</Num> },
        ...kinds.map(kind => ({
          id: kind,
          head: t(kind),
          cell: (each: Fairness) =>
            kind === 'unreasoned' && each[kind] > 0 ? (
              <b>
                <Num>{each[kind]}</Num>
              </b>
            ) : (
              <Num>{each[kind]}</Num>
            ),
        })),
      ]}
      foot={{
        service: t('total'),
        served: <Num>{sumOf(rows, 'served')}</Num>,
        ...Object.fromEntries(kinds.map(kind => [kind, <Num key={kind}>{sumOf(rows, kind)}</Num>])),
      }}
    />
  )
}
