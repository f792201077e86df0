import { addresses } from '../../../lib/addresses.ts'
import type { Localized } from '../../../lib/localized.ts'
import { DateText, Pane, Say, useLocalized, usePage, useRichTexts, useTexts } from '../../../ui/index.ts'
import type { CameBy } from './figures.ts'
import type { Overtaking } from './overtaking.ts'
import { floorTexts } from './strings.ts'

/** Later requests served before earlier ones, with their reasons. */
export function Overtakings({ list, services }: { list: Overtaking[]; services: Map<string, Localized> }) {
  const t = useTexts(floorTexts)
  const rich = useRichTexts(floorTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <Pane id="over" title={t('over-title')} aside={t('over-sub')}>
      {list.length === 0 && <p className="sm mut">{t('over-none')}</p>}
      <ul className="lines">
        {list.map(each => {
          const service = services.get(each.serviceCode)
          const request = (id: string, number: string) => (
            <a href={url(addresses.officeRequest, { id })}>
              <Say>{number}</Say>
            </a>
          )
          return (
            <li key={each.requestId}>
              {rich('over-line', {
                later: request(each.requestId, each.number),
                earlier: request(each.over.requestId, each.over.number),
              })}{' '}
              {each.overtook > 1 && t('over-more', { count: each.overtook, more: each.overtook - 1 })}
              <small className="line-note mut">
                {service && local(service)} · <DateText value={each.over.filedAt} form="plain" /> ·{' '}
                <DateText value={each.filedAt} form="plain" />
              </small>
              <small className={each.reason || each.over.waitedForCitizen ? 'line-note' : 'line-note stop-c'}>
                {each.reason ? (
                  <bdi>{each.reason}</bdi>
                ) : each.over.waitedForCitizen ? (
                  t('over-waited')
                ) : (
                  <>
                    {t('over-no-reason')} ·{' '}
                    <a href={url(addresses.floorOvertaking, { id: each.requestId })}>{t('over-give')}</a>
                  </>
                )}
              </small>
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}

/** What came by other doors than the counter, and by whom. */
export function Doors({ doors }: { doors: CameBy[] }) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  return (
    <Pane id="doors" title={t('doors-title')} end={t('doors-sub')}>
      {doors.length === 0 ? (
        <p className="sm mut">{t('doors-none')}</p>
      ) : (
        <ul className="lines">
          {doors.map(each => (
            <li key={`${each.door} ${each.who?.ar ?? ''}`}>
              <div className="row apart">
                <span>
                  {t(`door-${each.door}`)}
                  {each.who && (
                    <>
                      {': '}
                      <bdi>{local(each.who)}</bdi>
                    </>
                  )}
                </span>
                <b>{each.count}</b>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Pane>
  )
}
