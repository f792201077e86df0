import type { ComponentType } from 'react'
import { toHtml } from '../html.tsx'
import { type Page, PageProvider } from '../page.ts'

type Boxed = 'a' | 'div' | 'nav' | 'p'

type WrittenProps = {
  as: Boxed
  /** What stands in the box. It has no properties of its own: all it can know is what `by` gives it of the page. */
  part: ComponentType
  by: Partial<Page>
  className?: string | undefined
  href?: string | undefined
  'aria-label'?: string | undefined
}

const most = 200
const written = new WeakMap<ComponentType, Map<string, { __html: string }>>()

/**
 * A box whose content is alike on many pages, such as the foot of a town's pages: written by React once for all that `by` says, then set
 * in as a whole. Never for what is somebody's own: what is kept is kept as long as the process lives.
 */
export function Written({ as: Box, part, by, ...attributes }: WrittenProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React wrote it, from the same parts
  return <Box {...attributes} dangerouslySetInnerHTML={htmlOf(part, by)} />
}

function htmlOf(Part: ComponentType, by: Partial<Page>): { __html: string } {
  const kept = written.get(Part) ?? new Map<string, { __html: string }>()
  written.set(Part, kept)
  const key = JSON.stringify(by)
  let html = kept.get(key)
  if (!html) {
    html = {
      __html: toHtml(
        <PageProvider page={by as Page}>
          <Part />
        </PageProvider>,
      ),
    }
    if (kept.size >= most) kept.clear()
    kept.set(key, html)
  }
  return html
}
