import type { ServiceDefinition } from '../../../kernel/definition/index.ts'
import type { WorkCalendar } from '../../../lib/calendar.ts'
import type { Locale } from '../../../lib/localized.ts'
import { translate } from '../../../lib/texts.ts'
import type { IconName } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/index.ts'
import type { Pace } from '../pace.ts'
import { guideTexts } from './strings.ts'

const icons = {
  electricity: 'bolt',
  water: 'drop',
  sewage: 'route',
  building: 'build',
  crafts: 'shop',
  dues: 'wallet',
  administration: 'cert',
  other: 'more',
} satisfies Record<string, IconName>

type Group = keyof typeof icons

/** Groups that services published earlier name, and where they stand now. */
const formerly: Readonly<Record<string, Group>> = {
  certificates: 'administration',
  complaints: 'administration',
  council: 'administration',
}

/** The groups a town's guide is ordered by; a group nobody worded stands among the others. */
export const groupOf = (code: string): Group =>
  Object.hasOwn(icons, code) ? (code as Group) : (formerly[code] ?? 'other')

export const groupIcon = (group: Group): IconName => icons[group]
export const groups = Object.keys(icons) as Group[]

/** What nine of ten took lately, in working days of this town; in hours, what is done within a day. */
export function paceWords({ minutes, cases }: Pace, { week }: WorkCalendar, locale: Locale): string {
  const days = week.filter(hours => hours !== null)
  const long = days.reduce((all, hours) => all + minutesOf(hours.to) - minutesOf(hours.from), 0) / days.length
  const [key, count] =
    minutes < long
      ? (['time-hours', Math.max(1, Math.ceil(minutes / 60))] as const)
      : (['time-workingDays', Math.ceil(minutes / long)] as const)
  return translate(guideTexts, locale, 'time-lately', {
    cases,
    time: translate(guideTexts, locale, key, { count }),
  })
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

type Time = Pick<ServiceDefinition['guide']['time'], 'value' | 'unit' | 'budget'>

/** The promise of a service in words: «6 أيام عمل», or that it waits for the budget. */
export function useTimeWords(): (time: Time) => string {
  const t = useTexts(guideTexts)
  return ({ value, unit, budget }) => (budget ? t('time-budget') : t(`time-${unit}`, { count: value }))
}
