import type { Read } from '../../platform/database/index.ts'

/** Where something stands in the town's sealed log. */
export type SealMark = {
  /** Its place in the log, the first being 1. */
  number: number
  sealedAt: Date
  /** The proof that it stands there, as a file (C2SP tlog-proof). */
  proof(): Promise<string>
}

type Finder = (
  tx: Read,
  kind: 'document' | 'certificate' | 'receipt',
  id: string,
) => Promise<SealMark | undefined>

let find: Finder = async () => undefined

/** Lent at start by the office that keeps the log. */
export function lendSeals(finder: Finder): void {
  find = finder
}

/** Where a receipt, certificate or document stands in the log; nothing while it waits for its place. */
export const sealOf: Finder = (tx, kind, id) => find(tx, kind, id)

/** A proof as it is handed out: a file of C2SP tlog-proof under this name. */
export const proofResponse = (proof: string, name: string): Response =>
  new Response(proof, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.tlog-proof"`,
      'cache-control': 'private, no-store',
    },
  })
