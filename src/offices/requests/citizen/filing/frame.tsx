import type { ReactNode } from 'react'
import { renderAnswers } from '../../../../kernel/form/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  CitizenLayout,
  Columns,
  Crumbs,
  KeyValues,
  Pane,
  PhoneText,
  Stepper,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'
import { type Filing, type Station, sameStation, stationsOf } from './desk.ts'

export type FrameProps = {
  filing: Filing
  here: Station
  title: string
  faults?: readonly Fault[] | undefined
  /** Where Back leads. */
  back: string
  children: ReactNode
}

/** Around each page of a form: the way back, the steps, and beside it what was answered so far. */
export function Frame({ filing, here, title, faults, back, children }: FrameProps) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { locale } = usePage()
  const stations = stationsOf(filing)
  const place = stations.findIndex(each => sameStation(each, here))
  const next = stations[place + 1]
  const service = local(filing.service.definition.name)
  const soFar = renderAnswers(filing.service, filing.simulation.pruned, locale).flatMap(page => page.items)
  return (
    <CitizenLayout title={`${title} \u2014 ${service}`} faults={faults} unlisted>
      <Columns sticky side={<Side filing={filing} items={soFar} />}>
        <div className="read">
          <Crumbs links={[{ href: back, label: place === 0 ? t('back-start') : t('back-step') }]} />
          <Stepper
            step={place + 1}
            of={stations.length}
            service={service}
            next={next && stationTitle(next)}
          />
          {children}
        </div>
      </Columns>
    </CitizenLayout>
  )

  function stationTitle(station: Station): string {
    if (station.kind === 'page') return local(filing.service.page(station.id).page.title)
    return t(station.kind === 'papers' ? 'papers-title' : 'summary-title')
  }
}

function Side({ filing, items }: { filing: Filing; items: { label: string; value: string }[] }) {
  const t = useTexts(citizenTexts)
  const { actor, town, url } = usePage()
  const pairs = [
    ...(actor.kind === 'citizen' ? [{ term: t('applicant'), value: <bdi>{actor.name}</bdi> }] : []),
    { term: t('capacity'), value: t(`capacity-${filing.draft.capacity}`) },
    ...items.map(({ label, value }) => ({ term: label, value })),
  ]
  return (
    <>
      <div className="only-wide">
        <Pane
          id="so-far"
          title={t('so-far')}
          footer={<a href={url(addresses.draftSummary, { draft: filing.draft.id })}>{t('so-far-review')}</a>}
        >
          <div className="sm">
            <KeyValues kind="answers" pairs={pairs} />
          </div>
        </Pane>
      </div>
      <div className="only-wide">
        <Pane id="help" title={t('need-help')}>
          <p className="sm mut">
            {t('need-help-text')} <PhoneText value={town.phone} call />
          </p>
        </Pane>
      </div>
    </>
  )
}
