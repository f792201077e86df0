import type { RawBuilder } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import type { Route } from '../../web/route.ts'
import { documentRoutes } from './serve.ts'
import { uploadRoutes } from './uploads/routes.ts'

/** What the archive is told by the office that knows requests: which documents an actor may open. */
export type DocumentAccess = {
  /** A condition over the alias `d` of table document; it decides alone, the owner's own documents included. */
  visible(actor: Actor): RawBuilder<boolean>
}

/** Sending in pieces, and documents with their pictures. */
export function archiveRoutes(access: DocumentAccess): Route[] {
  return [...uploadRoutes, ...documentRoutes(access)]
}
