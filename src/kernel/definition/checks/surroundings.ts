import type { WorkCalendar } from '../../../lib/calendar.ts'

/** What the town has, as far as it is known where the definition is checked; what is not given is not checked. */
export type Surroundings = {
  offices?: readonly string[]
  /** Names of registered effects. */
  effects?: readonly string[]
  roles?: readonly string[]
  /** Posts that somebody holds. */
  posts?: readonly { role: string; office: string }[]
  /** Codes of the services of the town, for those that are parts of others. */
  services?: readonly string[]
  calendar?: WorkCalendar
  /** The day from which the definition would hold; without it, the day its first tariff begins. */
  today?: string
}

/** Posts whose holders act on requests in any town. */
export const standardRoles: readonly string[] = [
  'clerk',
  'officer',
  'head',
  'collector',
  'mayor',
  'manager',
  'treasurer',
  'legal-adviser',
]

/** Whether somebody holds a post; true where posts are not known. */
export const holdsPost = ({ posts }: Surroundings, role: string, office: string): boolean =>
  posts?.some(post => post.role === role && post.office === office) ?? true
