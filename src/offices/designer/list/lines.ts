import { searchTokens } from '../../../lib/arabic.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { catalogueOf, groupOf, type ServiceVersion, versionsOf } from '../../catalogue/index.ts'
import { newestNational } from '../drafts/national.ts'
import { openDrafts } from '../drafts/store.ts'
import type { Draft } from '../model.ts'

/** A service as the designer's list shows it. */
export type ServiceRow = {
  code: string
  name: Localized
  group: ReturnType<typeof groupOf>
  /** The version in force. */
  current: ServiceVersion | undefined
  /** One that begins on a day to come. */
  coming: ServiceVersion | undefined
  draft: Draft | undefined
  retiredAt: Date | undefined
  isRetired: boolean
  /** A national version newer than the one it is made from. */
  national: number | undefined
}

export const stateFilters = ['all', 'published', 'draft', 'review', 'ending', 'retired', 'national'] as const
export type StateFilter = (typeof stateFilters)[number]

const fits: Record<StateFilter, (row: ServiceRow) => boolean> = {
  all: () => true,
  published: row => row.current !== undefined && !row.isRetired,
  draft: row => row.draft !== undefined,
  review: row => row.draft?.state === 'in-review' || row.draft?.state === 'approved',
  ending: row => row.retiredAt !== undefined && !row.isRetired,
  retired: row => row.isRetired,
  national: row => row.national !== undefined,
}

/** Every service of the town with what is being written of it. */
export async function readRows(tx: Read): Promise<ServiceRow[]> {
  const catalogue = await catalogueOf(tx)
  const versions = Map.groupBy(await versionsOf(tx), each => each.code)
  const drafts = new Map((await openDrafts(tx)).map(draft => [draft.code, draft]))
  const national = await newestNational(tx)
  const codes = [...new Set([...versions.keys(), ...drafts.keys()])].sort()
  return codes.map(code => {
    const all = versions.get(code) ?? []
    const found = catalogue.find(code)
    const draft = drafts.get(code)
    const current = all.find(each => each.publishedAt <= tx.now)
    const newest = all[0]
    const definition = found?.service.definition
    return {
      code,
      name: definition?.name ?? draft?.name ?? { ar: code, en: code },
      group: groupOf(definition?.group ?? ''),
      current,
      coming: all.find(each => each.publishedAt > tx.now),
      draft,
      retiredAt: current?.retiredAt,
      isRetired: current?.retiredAt !== undefined && current.retiredAt <= tx.now,
      national: newerNational(newest, national.get(code)?.version),
    }
  })
}

/** What there is nationally beyond the text a version was made from. */
export function newerNational(
  newest: ServiceVersion | undefined,
  national: number | undefined,
): number | undefined {
  if (!newest || national === undefined) return undefined
  return national > (newest.baseVersion ?? newest.version) ? national : undefined
}

export type Asked = { state: StateFilter; group: string; text: string }

/** The rows somebody asks for, and how many there are of each state. */
export function selectRows(
  rows: readonly ServiceRow[],
  { state, group, text }: Asked,
): { shown: ServiceRow[]; counts: Record<StateFilter, number> } {
  const words = searchTokens(text)
  const found = rows.filter(
    row =>
      (group === '' || row.group === group) &&
      words.every(word =>
        searchTokens(`${row.code} ${row.name.ar} ${row.name.en}`).some(
          each => each.startsWith(word) || each.replace(/^ال/, '').startsWith(word),
        ),
      ),
  )
  const counts = Object.fromEntries(
    stateFilters.map(each => [each, found.filter(fits[each]).length]),
  ) as Record<StateFilter, number>
  return { shown: found.filter(fits[state]), counts }
}
