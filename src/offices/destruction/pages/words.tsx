import { addresses } from '../../../lib/addresses.ts'
import type { Locale } from '../../../lib/localized.ts'
import { Flag, Num, Tabs, usePage, useTexts } from '../../../ui/index.ts'
import type { Act, ActState, Kind, Rule } from '../model.ts'
import { type DestructionText, destructionText, destructionTexts } from '../strings.ts'

export type Names = ReadonlyMap<
  string,
  { name: { ar: string; en: string }; title: { ar: string; en: string } }
>

/** A kind in words, with the part a rule names. */
export const kindText = (locale: Locale, { kind, scope }: Pick<Rule, 'kind' | 'scope'>): string =>
  `${destructionText(locale, `kind-${kind}`)}${scope === '' ? '' : ` (${scope})`}`

/** How long, in words. */
export const termText = (locale: Locale, term: Rule['term']): string =>
  term
    ? destructionText(locale, 'term', { count: term.for, unit: term.unit })
    : destructionText(locale, 'term-ever')

/** Why something stays, in words; what is not known is shown as it is. */
export function whyText(locale: Locale, why: string): string {
  const key = `why-${why}` as DestructionText
  return Object.hasOwn(destructionTexts.ar, key) ? destructionText(locale, key) : why
}

const looks: Record<
  ActState,
  { icon: 'clock' | 'scale' | 'ok' | 'no' | 'lock'; tone?: 'honey' | 'olive' | 'sumac' | 'glass' }
> = {
  counting: { icon: 'clock' },
  proposed: { icon: 'scale', tone: 'honey' },
  resting: { icon: 'lock', tone: 'honey' },
  acting: { icon: 'clock', tone: 'glass' },
  done: { icon: 'ok', tone: 'olive' },
  refused: { icon: 'no', tone: 'sumac' },
  stopped: { icon: 'no', tone: 'sumac' },
  withdrawn: { icon: 'no' },
}

export function StateFlag({ state }: { state: ActState }) {
  const t = useTexts(destructionTexts)
  return <Flag {...looks[state]}>{t(`state-${state}`)}</Flag>
}

/** The size of contents as people say it. */
export function Size({ bytes }: { bytes: number }) {
  const [value, unit] =
    bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [Math.ceil(bytes / 1e3), 'KB']
  return <Num>{`${value < 10 && unit !== 'KB' ? value.toFixed(1) : Math.round(value)} ${unit}`}</Num>
}

export const nameOf = (names: Names, id: string, locale: Locale): string => names.get(id)?.name[locale] ?? id

/** The pages about what is kept and what goes, beside each other. */
export function RecordTabs({ here, mayHold }: { here: 'retention' | 'acts' | 'holds'; mayHold: boolean }) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  return (
    <Tabs
      label={t('acts')}
      tabs={[
        { label: t('acts'), href: page.url(addresses.destruction), current: here === 'acts' },
        { label: t('retention'), href: page.url(addresses.retention), current: here === 'retention' },
        ...(mayHold
          ? [{ label: t('holds'), href: page.url(addresses.legalHolds), current: here === 'holds' }]
          : []),
      ]}
    />
  )
}

/** Which staff an act names. */
export const peopleOf = (act: Act): string[] => [
  act.proposedBy,
  ...(act.ended?.by ? [act.ended.by] : []),
  ...act.members.map(each => each.staffId),
]

export const kindOptions = (locale: Locale, kinds: readonly Kind[]) =>
  kinds.map(value => ({ value, label: destructionText(locale, `kind-${value}`) }))
