import { logIn } from './log-in.ts'
import { messages } from './messages.ts'
import { type Entry, sections } from './model.ts'
import { money } from './money.ts'
import { papers } from './papers.ts'
import { people } from './people.ts'
import { requests } from './requests.ts'
import { rights } from './rights.ts'
import { services } from './services.ts'
import { voices } from './voices.ts'

export { notTold } from './exceptions.ts'
export { type Column, type Entry, type Finder, type Section, sections, type Why } from './model.ts'

const all: readonly Entry[] = [
  ...people,
  ...logIn,
  ...requests,
  ...papers,
  ...money,
  ...services,
  ...messages,
  ...voices,
  ...rights,
]

/** Every table with people's data as the copy tells it, in the order of its headings. */
export const registry: readonly Entry[] = sections.flatMap(section =>
  all.filter(each => each.section === section),
)
