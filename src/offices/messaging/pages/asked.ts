import { isoDate } from '../../../kernel/form/index.ts'
import { isMessageKind } from '../../../kernel/messages/index.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import { isId } from '../../../lib/ids.ts'
import type { MessageFilter } from '../proof/find.ts'
import { isStateGroup } from '../proof/model.ts'

/** What a list of messages was asked for, as it stands in its address. */
export type Asked = {
  q: string
  group: string
  kind: string
  template: string
  from: string
  to: string
  after: string
}

const longest = 80

/** Reads the address; what makes no sense there is left out. */
export function askedOf(query: Readonly<Record<string, string | undefined>>): Asked {
  const text = (name: string) => (query[name] ?? '').slice(0, longest)
  return {
    q: text('q'),
    from: text('from'),
    to: text('to'),
    template: text('template'),
    after: text('after'),
    group: isStateGroup(text('group')) ? text('group') : '',
    kind: isMessageKind(text('kind')) ? text('kind') : '',
  }
}

function dayOf(text: string): CalendarDate | false {
  const day = isoDate(text)
  return day !== undefined && isCalendarDate(day) ? day : false
}

/** Where a list goes on, as `<instant>~<id>` of the last line shown; undefined where it is none. */
export function placeOf(text: string): MessageFilter['before'] {
  const [instant = '', id = ''] = text.split('~')
  const at = new Date(instant)
  // Days no calendar of ours has are none of the database's either.
  return isId(id) && isCalendarDate(instant.slice(0, 10)) && !Number.isNaN(at.getTime())
    ? { at, id }
    : undefined
}

/** The filter it comes to; `wrongDay` where a day was typed that is none. */
export function filterOf(asked: Asked): { filter: MessageFilter; wrongDay: boolean } {
  const [from, to] = [asked.from, asked.to].map(text => (text.trim() === '' ? undefined : dayOf(text)))
  const before = placeOf(asked.after)
  return {
    filter: {
      text: asked.q,
      group: isStateGroup(asked.group) ? asked.group : undefined,
      kind: isMessageKind(asked.kind) ? asked.kind : undefined,
      template: asked.template || undefined,
      from: from || undefined,
      to: to || undefined,
      ...(before && { before }),
    },
    wrongDay: from === false || to === false,
  }
}
