import { plainDate } from '../../../lib/dates.ts'
import { NotFound } from '../../../lib/errors.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, param, read } from '../../../web/call.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { readDraft } from '../drafts/read.ts'
import { isWritable } from '../model.ts'
import { deskOf } from './desk.ts'
import { paneOf } from './panes/open.ts'
import { isPart, type PartName, type View } from './view.ts'

/** The part a page shows. @throws NotFound for a part there is none of */
export function partParam(call: Call): PartName {
  const part = param(call, 'part')
  if (!isPart(part)) throw new NotFound('no-such-page')
  return part
}

/** A draft as one part of it is shown; `open` is what is edited, if anything. */
export async function loadView(call: Call, part: PartName, asked: string): Promise<View> {
  const {
    read: draft,
    desk,
    version,
  } = await read(call, async tx => {
    const draft = await readDraft(tx, idParam(call, 'draft'), actorKey(call.visitor.actor).id)
    const catalogue = await catalogueOf(tx)
    return {
      read: draft,
      desk: await deskOf(tx, draft.content, call.locale),
      version: catalogue.find(draft.draft.code)?.version,
    }
  })
  const open = part === 'sheet' && asked === '' ? 'sheet' : asked
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  return {
    part,
    desk,
    open,
    read: draft,
    pane: paneOf(desk, open),
    faults: [],
    why: new Map(),
    conflicts: [],
    writable: isWritable(draft.draft.state),
    published:
      version === undefined
        ? undefined
        : { version, since: plainDate(draft.draft.startedAt, call.now, style) },
  }
}
