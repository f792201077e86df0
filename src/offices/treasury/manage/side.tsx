import { addresses } from '../../../lib/addresses.ts'
import { currencyWord } from '../../../lib/money.ts'
import {
  type Column,
  DateText,
  Empty,
  Flag,
  Pane,
  Table,
  Tag,
  useLocalized,
  usePage,
} from '../../../ui/index.ts'
import { useRichTexts, useTexts } from '../../../ui/words.ts'
import type { CatalogueService } from '../../catalogue/index.ts'
import { rateFigures } from '../pages/sheets.tsx'
import { type RatedCurrency, rated } from './model.ts'
import type { Powers } from './page.tsx'
import type { Settings } from './store.ts'
import { manageTexts } from './strings.ts'
import { Writer } from './words.tsx'

/** The rates in force, with who wrote them and when. */
export function Rates({ settings: { rates, staff }, powers }: { settings: Settings; powers: Powers }) {
  const t = useTexts(manageTexts)
  const rich = useRichTexts(manageTexts)
  const page = usePage()
  const columns: Column<RatedCurrency>[] = [
    {
      id: 'currency',
      head: t('currency'),
      heads: true,
      cell: currency => {
        const rate = rates.get(currency)
        return (
          <>
            {t(currency)}
            {rate && (
              <>
                <br />
                <small className="plain mut">
                  {rich('rate-by', { name: <Writer of={rate.setBy} staff={staff} /> })}
                  {page.locale === 'ar' ? '\u060c ' : ', '}
                  <DateText value={rate.from} form="moment" />
                </small>
              </>
            )}
          </>
        )
      },
    },
    {
      id: 'rate',
      head: t('rate'),
      cell: currency => {
        const rate = rates.get(currency)
        if (!rate)
          return (
            <Flag icon="warn" tone="honey">
              {t('rate-none')}
            </Flag>
          )
        return <b>{`${rateFigures(rate.rate.toString())} ${currencyWord('ILS', page.locale)}`}</b>
      },
    },
  ]
  return (
    <Pane
      id="rates"
      title={t('rates')}
      icon="cash"
      pad={false}
      footer={
        powers.rates &&
        rated.map((currency, place) => (
          <p key={currency} className={place > 0 ? 'mt-s' : undefined}>
            <a href={page.url(addresses.manageRate, {}, { currency })}>
              {t('rate-title', { currency: t(currency) })}
            </a>
          </p>
        ))
      }
    >
      <Table caption={t('rates')} columns={columns} rows={rated} rowId={currency => currency} fold={false} />
    </Pane>
  )
}

/** The services with their newest version, those no longer offered last. */
export function Services({ settings: { services } }: { settings: Settings }) {
  const t = useTexts(manageTexts)
  const local = useLocalized()
  if (services.length === 0)
    return (
      <Empty title={t('no-services')} level={2}>
        {t('no-services-next')}
      </Empty>
    )
  const columns: Column<CatalogueService>[] = [
    {
      id: 'service',
      head: t('service'),
      heads: true,
      cell: ({ code, service }) => (
        <>
          {local(service.definition.name)}
          <br />
          <small className="plain mut">
            <bdi>{code}</bdi>
          </small>
        </>
      ),
    },
    { id: 'version', head: t('version'), cell: ({ version }) => version },
    {
      id: 'state',
      head: t('state'),
      tight: true,
      cell: ({ retired }) => (retired ? <Tag>{t('service-retired')}</Tag> : t('service-offered')),
    },
  ]
  return (
    <Pane id="services" title={t('services')} icon="list" pad={false}>
      <Table
        caption={t('services')}
        columns={columns}
        rows={services.toSorted((one, other) => Number(one.retired) - Number(other.retired))}
        rowId={({ code }) => code}
        fold={false}
      />
    </Pane>
  )
}
