import type { ServiceDefinition } from '../../../kernel/definition/index.ts'
import type { IconName } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/index.ts'
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

/** The promise of a service in words: «6 أيام عمل». */
export function useTimeWords(): (time: Pick<ServiceDefinition['guide']['time'], 'value' | 'unit'>) => string {
  const t = useTexts(guideTexts)
  return ({ value, unit }) => t(`time-${unit}`, { count: value })
}
