import { mandateActs } from '../../../kernel/access/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  DateField,
  DateText,
  Flag,
  faultOf,
  MultipleField,
  Tag,
  useLocalized,
  useTexts,
} from '../../../ui/index.ts'
import { type Mandate, type MandateState, mandateState } from '../../people/index.ts'
import { mandateTexts } from './strings.ts'

/** Services by their code, as a mandate may be limited to them. */
export type ServiceNames = ReadonlyMap<string, Localized>

/** What somebody types of a mandate. */
export type MandateTyped = { text: (name: string) => string; list: (name: string) => string[] }

const looks: Record<MandateState, { icon: 'ok' | 'clock' | 'pause'; tone: 'olive' | 'honey' | 'sumac' }> = {
  'in-force': { icon: 'ok', tone: 'olive' },
  offered: { icon: 'clock', tone: 'honey' },
  'to-come': { icon: 'clock', tone: 'honey' },
  over: { icon: 'pause', tone: 'sumac' },
  ended: { icon: 'pause', tone: 'sumac' },
}

export function MandateFlag({ state }: { state: MandateState }) {
  const t = useTexts(mandateTexts)
  return <Flag {...looks[state]}>{t(`state-${state}`)}</Flag>
}

/** What a mandate is for, as words. */
export function MandateActs({ of }: { of: Pick<Mandate, 'acts'> }) {
  const t = useTexts(mandateTexts)
  return (
    <span className="row">
      {of.acts.map(act => (
        <Tag key={act}>{t(`act-${act}`)}</Tag>
      ))}
    </span>
  )
}

/** From when until when. */
export function MandateTerm({ of }: { of: Pick<Mandate, 'validFrom' | 'validUntil'> }) {
  const t = useTexts(mandateTexts)
  return (
    <span>
      {t('from')} <DateText value={of.validFrom} form="plain" />{' '}
      {of.validUntil === undefined ? (
        t('no-end')
      ) : (
        <>
          {t('until')} <DateText value={of.validUntil} form="plain" />
        </>
      )}
    </span>
  )
}

/** The services a mandate is limited to; nothing where it is not. */
export function MandateServices({ of, names }: { of: Pick<Mandate, 'services'>; names: ServiceNames }) {
  const t = useTexts(mandateTexts)
  const local = useLocalized()
  if (!of.services) return null
  const shown = of.services.map(code => local(names.get(code) ?? { ar: code, en: code }))
  return <span>{t('services-some', { names: shown.join('، ') })}</span>
}

export const stateOn = (mandate: Mandate, today: CalendarDate): MandateState => mandateState(mandate, today)

/** What a mandate is for and until when, to be filled in. */
export function TermFields({
  typed,
  faults,
  services,
}: {
  typed: MandateTyped
  faults: Fault[]
  services: ServiceNames
}) {
  const t = useTexts(mandateTexts)
  const local = useLocalized()
  const chosen = typed.list('services')
  return (
    <>
      <MultipleField
        name="acts"
        label={t('acts')}
        values={typed.list('acts')}
        fault={faultOf(faults, 'acts')}
        options={mandateActs.map(act => ({ value: act, label: t(`act-${act}`), hint: t(`act-${act}-hint`) }))}
      />
      <DateField
        name="validFrom"
        label={t('validFrom')}
        hint={t('validFrom-hint')}
        value={typed.text('validFrom')}
        fault={faultOf(faults, 'validFrom')}
        optional
      />
      <DateField
        name="validUntil"
        label={t('validUntil')}
        hint={t('validUntil-hint')}
        value={typed.text('validUntil')}
        fault={faultOf(faults, 'validUntil')}
      />
      <details className="digest mb-s" open={chosen.length > 0}>
        <summary>{t('services')}</summary>
        <MultipleField
          name="services"
          label={t('services')}
          labelHidden
          hint={t('services-hint')}
          values={chosen}
          columns={2}
          options={[...services].map(([code, name]) => ({ value: code, label: local(name) }))}
        />
      </details>
    </>
  )
}
