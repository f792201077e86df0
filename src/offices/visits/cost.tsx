import { Fragment } from 'react'
import { DateText, useTexts } from '../../ui/index.ts'
import type { RequestVisits } from './hang.ts'
import { visitTexts } from './strings.ts'

/** «كلّفك هذا الطلب زيارة واحدة», with its days. An open request that has cost none says nothing yet. */
export function VisitCost({ visits, closed }: { visits: RequestVisits; closed: boolean }) {
  const t = useTexts(visitTexts)
  if (visits.count === 0 && !closed) return null
  return (
    <p className="sm mut">
      {visits.count === 0 ? t('cost-none') : t('cost', { count: visits.count })}
      <Days at={visits.at} />
    </p>
  )
}

/** The same for the staff: how often somebody came for it, and when. */
export function VisitCount({ visits }: { visits: RequestVisits }) {
  const t = useTexts(visitTexts)
  return (
    <p className="sm mut pad">
      {t('visits-term')}: {t('visits-count', { count: visits.count })}
      <Days at={visits.at} />
    </p>
  )
}

function Days({ at }: { at: readonly Date[] }) {
  return at.map((day, place) => (
    <Fragment key={day.toISOString()}>
      {place === 0 ? ' \u00b7 ' : ' \u2013 '}
      <DateText value={day} form="plain" />
    </Fragment>
  ))
}
