import type { DraftContent } from '../../model.ts'
import type { Desk } from '../panes/model.ts'
import { paneOf } from '../panes/open.ts'
import { partWord } from '../strings.ts'

/** Where the fault of a path is mended: the innermost thing on its way that has a pane, and what it is called. */
export function placeOf(content: DraftContent, path: string): { open: string; words: string } | undefined {
  const parts = [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, key, number]) =>
    number === undefined ? (key ?? '') : Number(number),
  )
  const open: string[] = []
  let here: unknown = content
  let found: { open: string; words: string } | undefined
  const desk: Desk = { locale: 'ar', content, offices: [], effects: [], services: [], templates: [] }
  for (const part of parts) {
    here = Object(here)[part]
    const id = typeof part === 'number' ? Object(here).id : undefined
    open.push(typeof id === 'string' ? id : String(part))
    const pane = paneOf(desk, open.join('/'))
    if (pane) found = { open: open.join('/'), words: pane.title }
  }
  if (found) return found
  if (parts[0] === 'examples') return { open: 'examples', words: partWord('ar', 'tab-examples') }
  return ['name', 'summary', 'keywords', 'guide', 'channels', 'applicants', 'group'].includes(
    String(parts[0]),
  )
    ? { open: 'sheet', words: content.name?.ar ?? '' }
    : undefined
}
