import type { Locale } from '../../../../lib/localized.ts'
import {
  capacityNames,
  channelNames,
  everyField,
  everyStep,
  points,
  roleNames,
  tariffNames,
} from '../panes/choices.ts'
import type { Desk } from '../panes/model.ts'
import { nameOf, partTexts } from '../strings.ts'

/** What the check says, with the names people know in place of those the definition has. */
export function worded(text: string, desk: Desk): string {
  const names = namesOf(desk)
  return text.replace(
    /([«“])([A-Za-z][\w.-]*)([»”])/g,
    (whole, open: string, name: string, close: string) => {
      const words = names.get(name)
      return words === undefined ? whole : `${open}${words}${close}`
    },
  )
}

function namesOf({ content, locale, offices, effects }: Desk): Map<string, string> {
  const closed = (kind: string, values: readonly string[]) =>
    values.map(value => [value, nameOf(locale as Locale, kind, value)] as const)
  const events = Object.keys(partTexts.ar).flatMap(key =>
    key.startsWith('event-') ? key.slice('event-'.length) : [],
  )
  return new Map([
    ...closed('role', roleNames),
    ...closed('point', points),
    ...closed('who', capacityNames),
    ...closed('way', channelNames),
    ...closed('event', events),
    ...[...effects, ...offices].map(({ value, label }) => [value, label] as const),
    ...tariffNames(content, locale),
    ...[...everyStep(content, locale), ...everyField(content, locale)].map(
      ({ value, label }) => [value, label] as const,
    ),
  ])
}
