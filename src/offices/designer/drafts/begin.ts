import { type Commons, parseService } from '../../../kernel/definition/index.ts'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { record } from '../../audit/index.ts'
import { textOfVersion, versionsOf } from '../../catalogue/index.ts'
import type { By, NationalBase } from '../model.ts'
import { emptyService } from './empty.ts'
import { nationalVersion } from './national.ts'
import { insertDraft, openDraftOf } from './store.ts'
import { applyEdits, contentOf } from './text/apply.ts'
import { valueAt } from './text/values.ts'

type Begun = {
  code: string
  name: Localized
  source: string
  commons: Commons
  basedOn?: number
  base?: NationalBase | undefined
  changed: Localized
}

/**
 * Begins a service from nothing. `commons` are the common files of the product.
 * @throws Conflict `service-code-taken`, `draft-open-already` (with `draftId`)
 */
export async function beginEmpty(
  tx: Write,
  of: { code: string; name: Localized; group: string; commons: Commons },
  by: By,
): Promise<string> {
  await refuseKnown(tx, of.code)
  const changed = { ar: 'بداية خدمة جديدة', en: 'A new service begun' }
  return begin(tx, { ...of, source: emptyService(of), changed }, by)
}

/** Begins a new service as another is, under a code and a name of its own. @throws as `beginEmpty`, NotFound `no-such-service` */
export async function beginCopy(
  tx: Write,
  of: { code: string; name: Localized; from: { code: string; version: number } },
  by: By,
): Promise<string> {
  await refuseKnown(tx, of.code)
  const { source, commons } = await textOfVersion(tx, of.from.code, of.from.version)
  const text = applyEdits(
    source,
    [
      { op: 'set', path: ['code'], value: of.code },
      { op: 'set', path: ['version'], value: 1 },
      { op: 'set', path: ['name'], value: of.name },
    ],
    commons,
  )
  const changed = { ar: `نسخة عن ${of.from.code}`, en: `A copy of ${of.from.code}` }
  return begin(tx, { code: of.code, name: of.name, source: text, commons, changed }, by)
}

/**
 * Begins the next version of a published service: the text as it is, with the next number. Where one is open already, that one.
 * @throws NotFound `no-such-service`
 */
export async function beginNextVersion(tx: Write, code: string, by: By): Promise<string> {
  const open = await openDraftOf(tx, code)
  if (open) return open.id
  const [newest] = await versionsOf(tx, code)
  const { source, commons, base } = await textOfVersion(tx, code, newest?.version ?? 0)
  const version = (newest?.version ?? 0) + 1
  const text = applyEdits(source, [{ op: 'set', path: ['version'], value: version }], commons)
  const name = nameIn(text, commons, { ar: code, en: code })
  const changed = { ar: `بداية الإصدار ${version}`, en: `Version ${version} begun` }
  // A national text is from its first change on a town's version of itself.
  const own: NationalBase | undefined = base ?? (await nationalVersion(tx, code, newest?.version ?? 0))
  return begin(tx, { code, name, source: text, commons, basedOn: version - 1, base: own, changed }, by)
}

/**
 * Begins a draft from a file, exactly as the file is. One of a service that is known has to be newer than it.
 * @throws Conflict `draft-open-already` (with `draftId`), `import-version-old` (with `least`), BadRequest of `parseService` never: who
 *   calls has read the text and shown its faults
 */
export async function beginImport(
  tx: Write,
  file: { source: string; commons: Commons },
  by: By,
): Promise<string> {
  const read = parseService(file.source, file.commons)
  if (!read.ok) throw new Conflict('draft-unreadable', { faults: read.faults })
  const { code, name, version } = read.definition
  const open = await openDraftOf(tx, code)
  if (open) throw new Conflict('draft-open-already', { code, draftId: open.id })
  const [newest] = await versionsOf(tx, code)
  if (newest && version <= newest.version)
    throw new Conflict('import-version-old', { code, version, least: newest.version + 1 })
  const known = newest && (await textOfVersion(tx, code, newest.version))
  const changed = { ar: 'استيراد من ملف', en: 'Imported from a file' }
  return begin(
    tx,
    { code, name, ...file, ...(newest && { basedOn: newest.version }), base: known?.base, changed },
    by,
  )
}

async function refuseKnown(tx: Write, code: string): Promise<void> {
  const open = await openDraftOf(tx, code)
  if (open) throw new Conflict('draft-open-already', { code, draftId: open.id })
  if ((await versionsOf(tx, code)).length > 0) throw new Conflict('service-code-taken', { code })
}

export function nameIn(source: string, commons: Commons, otherwise: Localized): Localized {
  const name = valueAt(contentOf(source, commons), ['name'])
  const [ar, en] = [valueAt(name, ['ar']), valueAt(name, ['en'])]
  return typeof ar === 'string' && typeof en === 'string' ? { ar, en } : otherwise
}

async function begin(tx: Write, begun: Begun, by: By): Promise<string> {
  const id = newId(tx.now)
  const { basedOn, base } = begun
  await insertDraft(tx, { ...begun, id, basedOn, base, by: by.id })
  await record(tx, {
    actor: by,
    act: 'designer.draft-begun',
    subjectKind: 'service-draft',
    subjectId: id,
    cause: begun.code,
  })
  return id
}
