import type { Read, Write } from '../../platform/database/index.ts'
import type { Visitor } from '../../web/actor.ts'

/** What an upload is for, as the page that began it says: its name and the ids it needs, such as a draft and its paper. */
export type UploadPurpose = { readonly name: string; readonly [id: string]: string }

/** What the document will be, by the one who knows the purpose. */
export type UploadDescription = {
  kind: string
  title: string
  ownerId?: string | undefined
  source?: 'upload' | 'scan'
}

export type PurposeHandler = {
  /** Throws when this visitor may not attach here; asked before the first byte is taken, and again before the document is added. */
  describe(tx: Read, upload: { visitor: Visitor; purpose: UploadPurpose }): Promise<UploadDescription>
  /** Runs in the transaction that adds the document. */
  attach(tx: Write, upload: { visitor: Visitor; purpose: UploadPurpose; documentId: string }): Promise<void>
}

const handlers = new Map<string, PurposeHandler>()

/** Registered at start by the offices that take uploads: the archive knows neither drafts nor requests. */
export function registerUploadPurpose(name: string, handler: PurposeHandler): void {
  handlers.set(name, handler)
}

export function findPurpose(name: string): PurposeHandler | undefined {
  return handlers.get(name)
}
