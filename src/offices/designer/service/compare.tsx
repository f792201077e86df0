import { type Difference, parseService } from '../../../kernel/definition/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { inLocale } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { Crumbs, Head, Note, StaffLayout } from '../../../ui/index.ts'
import { type Call, param, read, url, wholeOf } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { textOfVersion } from '../../catalogue/index.ts'
import { getWholeDraft } from '../drafts/store.ts'
import { designerText } from '../strings.ts'
import { Differences, differencesOf } from './differences.tsx'
import { readService } from './load.ts'

/** GET: what changed between two versions, or a version and the draft, in words. */
export async function showCompare(call: Call): Promise<Response> {
  const code = param(call, 'code')
  const from = wholeOf(call.query.from)
  const to = call.query.to === 'draft' ? 'draft' : wholeOf(call.query.to)
  const { view, differences } = await read(call, async tx => {
    const view = await readService(tx, code)
    const before = await definitionOf(tx, code, from)
    const after =
      to === 'draft' ? await draftDefinition(tx, view.draft?.id) : await definitionOf(tx, code, to)
    const differences: Difference[] | undefined =
      before && after ? await differencesOf(tx, before, after) : undefined
    return { view, differences }
  })
  const title = designerText(call.locale, 'compare-title', { name: inLocale(view.name, call.locale) })
  const sub =
    to === 'draft'
      ? designerText(call.locale, 'compare-draft', { from })
      : designerText(call.locale, 'compare-of', { from, to })
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs
        links={[
          { label: designerText(call.locale, 'title'), href: url(call, addresses.designer) },
          { label: inLocale(view.name, call.locale), href: url(call, addresses.designerService, { code }) },
        ]}
      />
      <Head title={title} sub={sub} />
      {differences ? (
        <Differences of={differences} />
      ) : (
        <Note tone="honey">{designerText(call.locale, 'unreadable')}</Note>
      )}
    </StaffLayout>,
  )
}

async function definitionOf(tx: Read, code: string, version: number) {
  const { source, commons } = await textOfVersion(tx, code, version)
  const parsed = parseService(source, commons)
  return parsed.ok ? parsed.definition : undefined
}

async function draftDefinition(tx: Read, draftId: string | undefined) {
  if (!draftId) return undefined
  const { source, commons } = await getWholeDraft(tx, draftId)
  const parsed = parseService(source, commons)
  return parsed.ok ? parsed.definition : undefined
}
