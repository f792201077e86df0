import type { RawBuilder } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import type { Route } from '../../web/route.ts'

/** What the archive is told by the office that knows requests: which rows of `document d` an actor may see, and why staff look. */
export type DocumentAccess = {
  /** A condition over the alias `d`; the owner's own documents are allowed beside it. */
  visible(actor: Actor): RawBuilder<boolean>
}

/** Uploads in pieces, and documents with their pictures. */
export function archiveRoutes(_access: DocumentAccess): Route[] {
  throw new Error('not built yet')
}
