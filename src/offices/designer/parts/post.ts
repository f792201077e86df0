import { runExamples } from '../../../kernel/examples/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { BadRequest, Conflict } from '../../../lib/errors.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, type Typed, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { editDraft, redoDraft, undoDraft } from '../drafts/acts.ts'
import type { Edit, EditConflict } from '../drafts/edit.ts'
import { scopeOf, subjectsFor } from './desk.ts'
import { pricesIn } from './engine/prices.ts'
import { rekindEdits } from './engine/rekind.ts'
import { reshapeTyped } from './engine/reshape.ts'
import { readPane } from './engine/save.ts'
import { one } from './engine/typed.ts'
import { unnamed } from './engine/unname.ts'
import { loadView, partParam } from './load.ts'
import { showView } from './page.tsx'
import { fieldKinds, stepKinds } from './panes/choices.ts'
import { freshItem } from './panes/fresh.ts'
import type { ListName } from './panes/model.ts'
import { isListAt, openOf, pathOf } from './panes/open.ts'
import type { View } from './view.ts'

type Loose = { [key: string]: unknown }

/** POST: one edit of a part. What is to be done stands on the button that was pressed. */
export async function postPart(call: Call): Promise<Response> {
  const view = await loadView(call, partParam(call), typedText(call, 'open'))
  const order = typedText(call, 'do')
  if (typedText(call, 'reshape') !== '') return reshape(call, view)
  const [what, id = ''] = order.split(':')
  switch (what) {
    case 'add':
      return add(call, view)
    case 'up':
    case 'down':
    case 'put':
      return move(call, view, what, id)
    case 'accept':
      return accept(call, view, id)
    case 'drop':
      return act(call, view, [{ op: 'remove', path: ['examples', id] }], '')
    case 'remove':
      return remove(call, view)
    case 'undo':
    case 'redo':
      return step(call, view, what)
    default:
      return save(call, view)
  }
}

/** Takes away what is open, and its name from the lists that hold it. */
function remove(call: Call, view: View): Promise<Response> | Response {
  const { pane, read } = view
  if (!pane) return showView(call, view)
  const lists = pane.sort === 'sort-field' ? unnamed(read.content, String(pane.path.at(-1))) : []
  return act(call, view, [{ op: 'remove', path: pane.path }, ...lists], parentOf(view.open))
}

/** What came of an example is what it expects from now on. */
function accept(call: Call, view: View, id: string): Promise<Response> | Response {
  const { definition } = view.read
  const ran = definition && runExamples(definition).examples.find(example => example.id === id)
  if (!ran || ran.halt) return showView(call, view)
  return act(call, view, [{ op: 'set', path: ['examples', id, 'expect'], value: ran.came }], '')
}

/** Nothing is written: the same form with one row more or less, and all that was typed. */
function reshape(call: Call, view: View): Response {
  const typed = reshapeTyped(call.typed, typedText(call, 'reshape'), view.pane?.controls ?? [])
  return showView(call, { ...view, typed })
}

function save(call: Call, view: View): Promise<Response> | Response {
  const { pane, desk, read } = view
  if (!pane) throw new BadRequest('bad-address')
  const scope = scopeOf(read.content, read.definition)
  const reading = readPane(pane, call.typed, { subjects: subjectsFor(desk), scope, locale: call.locale })
  if (!reading.ok)
    return showView(call, { ...view, typed: call.typed, faults: reading.faults, why: reading.why })
  const edits =
    pane.sort === 'sort-fee' ? pricesIn(reading.edits, pane, read.content, today(call)) : reading.edits
  return act(call, view, [...edits, ...kindEdits(call, view, reading.values)], view.open)
}

const today = (call: Call): string => dateIn(call.now, call.town.timeZone)

/** A question or a step that becomes another kind loses what only the old one had, and gets what the new one needs. */
function kindEdits(call: Call, { pane, desk }: View, values: ReadonlyMap<string, unknown>): Edit[] {
  const of = pane?.sort === 'sort-field' ? 'field' : pane?.sort === 'sort-step' ? 'step' : undefined
  const kind = values.get('kind')
  const item = pane?.item as Loose
  if (!of || !pane || typeof kind !== 'string' || item.kind === kind) return []
  const list = pane.path.slice(0, -1)
  const fresh = freshItem(desk, of === 'field' ? 'fields' : 'steps', list, {
    words: { ar: '', en: '' },
    kind,
    today: today(call),
  })
  return rekindEdits(of, pane.path, item, fresh)
}

/** Kinds that a new item can have, where it is made otherwise for each. */
const kindsOf: { [Name in ListName]?: readonly string[] } = { fields: fieldKinds, steps: stepKinds }

function add(call: Call, view: View): Promise<Response> | Response {
  const list = pathOf(typedText(call, 'list'))
  const name = typedText(call, 'name') as ListName
  if (!isListAt(list, name)) throw new BadRequest('bad-address')
  const words = { ar: one(call.typed, 'new.ar'), en: one(call.typed, 'new.en') }
  const wordless: ListName[] = ['next', 'officeWhen', 'ladder', 'parts', 'tariffs']
  if (words.ar === '' && !wordless.includes(name)) {
    return showView(call, { ...view, typed: call.typed, faults: [{ field: 'new.ar', code: 'required' }] })
  }
  const kind = one(call.typed, 'new.kind')
  if (kind !== '' && kindsOf[name]?.includes(kind) === false) throw new BadRequest('bad-address')
  const item = freshItem(view.desk, name, list, {
    words: { ...words, en: words.en || words.ar },
    kind,
    today: today(call),
  })
  const siblings = countOf(view, list)
  const at = typeof item.id === 'string' ? item.id : siblings
  return act(call, view, insertInto(view, list, item, siblings), openOf([...list, at]))
}

/** After what is open of the same list, else at its end; the list itself is written where the item is its first. */
function insertInto({ open }: View, list: Edit['path'], item: Loose, siblings: number): Edit[] {
  if (siblings === 0) return [{ op: 'set', path: list, value: [item] }]
  const here = pathOf(open)
  const beside =
    here.length > list.length && list.every((part, at) => part === here[at]) ? here[list.length] : undefined
  return [{ op: 'insert', path: list, value: item, ...(beside !== undefined && { after: beside }) }]
}

function countOf({ read }: View, list: Edit['path']): number {
  const value = list.reduce<unknown>((here, key) => {
    if (Array.isArray(here))
      return typeof key === 'number' ? here[key] : here.find(each => Object(each).id === key)
    return Object(here)[key]
  }, read.content)
  return Array.isArray(value) ? value.length : 0
}

/** One place up or down, or before another: `up:ID`, `put:ID:before:OTHER`. */
function move(call: Call, view: View, what: 'up' | 'down' | 'put', id: string): Promise<Response> {
  const list = pathOf(typedText(call, 'list'))
  const [, , , other = ''] = typedText(call, 'do').split(':')
  const value = list.reduce<unknown>(
    (here, key) => (Array.isArray(here) ? here.find(each => Object(each).id === key) : Object(here)[key]),
    view.read.content,
  )
  const ids = (Array.isArray(value) ? value : []).map(
    (item, at) => (Object(item).id as string | undefined) ?? at,
  )
  const at = ids.findIndex(each => String(each) === id)
  const from = ids[at]
  const to =
    what === 'up' ? ids[at - 1] : what === 'down' ? ids[at + 1] : ids.find(each => String(each) === other)
  if (from === undefined || to === undefined || from === to) return act(call, view, [], view.open)
  const path = [...list, from]
  return act(
    call,
    view,
    [what === 'down' ? { op: 'move', path, after: to } : { op: 'move', path, before: to }],
    view.open,
  )
}

function step(call: Call, view: View, what: 'undo' | 'redo'): Promise<Response> {
  const { draft } = view.read
  return guarded(call, view, () =>
    write(call, async tx => {
      const { id } = actorKey(call.visitor.actor)
      const given = { draftId: draft.id, revision: draft.revision, by: { kind: 'staff', id } }
      await (what === 'undo' ? undoDraft(tx, given) : redoDraft(tx, given))
      return { redirect: here(call, view, view.open) }
    }),
  )
}

/** Writes the edits as one step, and leads to what was edited. */
function act(call: Call, view: View, edits: Edit[], open: string): Promise<Response> {
  const revision = wholeOf(typedText(call, 'revision'))
  return guarded(call, view, () =>
    write(call, async tx => {
      const by = { kind: 'staff', id: actorKey(call.visitor.actor).id }
      const draftId = idParam(call, 'draft')
      if (edits.length > 0) await editDraft(tx, { draftId, revision, edits, by })
      return { redirect: here(call, view, open) }
    }),
  )
}

const here = (call: Call, { part, read }: View, open: string): string =>
  `${url(call, addresses.designerPart, { draft: read.draft.id, part }, { open: open === 'sheet' ? '' : open })}${open ? '#edit' : ''}`

/** What two people changed comes back with both, and what was typed. */
async function guarded(call: Call, view: View, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== 'draft-conflict') throw error
    const conflicts = (error.details as { conflicts?: EditConflict[] } | undefined)?.conflicts ?? []
    return showView(call, { ...view, typed: call.typed as Typed, conflicts })
  }
}

/** After something is taken away its list stays open, or what it stood in. */
function parentOf(open: string): string {
  const parts = open.split('/')
  const inside = parts[0] === 'form' ? parts.length > 3 : parts.length > 2
  return inside ? parts.slice(0, -2).join('/') : ''
}
