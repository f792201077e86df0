import { aDoor } from '../../../../test/builders/door.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { aWorkingTown } from '../../../../test/builders/requests.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import type { House } from '../../../platform/house.ts'
import { listServiceFiles } from '../../catalogue/index.ts'
import { beginEmpty, editDraft, partRoutes, readDraft } from '../index.ts'

/** A designer with an empty draft, who knocks at its pages as a browser without script does. */
export async function aDesigner(house: House) {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const { commons } = await listServiceFiles()
  const place = { house, town: town.id }
  const designer = await aStaffMember(place, 'designer')
  const cookie = await logInAs(place, { staffId: designer.id })
  const by = { kind: 'staff', id: designer.id }
  const name = { ar: 'رخصة بسطة', en: 'Stall licence' }
  const draft = await house.database.write(town.id, tx =>
    beginEmpty(tx, { code: 'LIC-91', name, group: 'crafts', commons }, by),
  )
  const { knock } = aDoor(house, partRoutes)
  const prefix = `/~${town.slug}`
  const at = (part: string, open = '') =>
    townUrl({ prefix }, addresses.designerPart, { draft, part }, { open })
  const read = () => house.database.read(town.id, tx => readDraft(tx, draft, designer.id))
  async function post(part: string, form: Record<string, string | string[]>, path?: string) {
    const { draft: now } = await read()
    const answer = await knock(path ?? at(part), {
      cookie,
      form: { revision: String(now.revision), ...form },
    })
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html: await answer.text(),
    }
  }
  const page = async (part: string, open = '') => {
    const answer = await knock(at(part, open), { cookie })
    return { status: answer.status, html: await answer.text() }
  }
  const add = (part: string, list: string, listName: string, ar: string, en: string, kind = '') =>
    post(part, { do: 'add', list, name: listName, 'new.ar': ar, 'new.en': en, 'new.kind': kind })
  const record = (form: Record<string, string | string[]>) =>
    post('', form, townUrl({ prefix }, addresses.designerRecord, { draft }))
  const edit = async (value: unknown, path: string[]) =>
    house.database.write(town.id, async tx => {
      const now = await readDraft(tx, draft, designer.id)
      return editDraft(tx, {
        draftId: draft,
        revision: now.draft.revision,
        edits: [{ op: 'set', path, value }],
        by,
      })
    })
  const preview = (as: string) => townUrl({ prefix }, addresses.designerPreview, { draft, as })
  const get = (path: string) => knock(path, { cookie })
  return { get, preview, page, post, add, read, record, edit, draft, town, prefix }
}
