import { isoDate } from '../../../kernel/form/index.ts'
import { isMessageKind } from '../../../kernel/messages/index.ts'
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
    ...{ q: text('q'), from: text('from'), to: text('to'), template: text('template'), after: text('after') },
    group: isStateGroup(text('group')) ? text('group') : '',
    kind: isMessageKind(text('kind')) ? text('kind') : '',
  }
}

/** The filter it comes to; `wrongDay` where a day was typed that is none. */
export function filterOf(asked: Asked): { filter: MessageFilter; wrongDay: boolean } {
  const [from, to] = [asked.from, asked.to].map(text =>
    text.trim() === '' ? undefined : (isoDate(text) ?? false),
  )
  const [instant = '', id = ''] = asked.after.split('~')
  const goesOn = isId(id) && !Number.isNaN(Date.parse(instant))
  return {
    filter: {
      text: asked.q,
      group: isStateGroup(asked.group) ? asked.group : undefined,
      kind: isMessageKind(asked.kind) ? asked.kind : undefined,
      template: asked.template || undefined,
      ...{ from: from || undefined, to: to || undefined },
      ...(goesOn && { before: { at: new Date(instant), id } }),
    },
    wrongDay: from === false || to === false,
  }
}
