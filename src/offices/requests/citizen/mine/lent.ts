import type { ReactNode } from 'react'
import type { Read } from '../../../../platform/database/index.ts'
import type { Call } from '../../../../web/call.ts'
import type { Request } from '../../model.ts'

/** What an office above shows on the citizen's page of a request; undefined where it has nothing to show. */
export type LentPane = (tx: Read, call: Call, request: Request) => Promise<ReactNode | undefined>

const panes = new Map<string, LentPane>()

/** An office above lends the page a pane of its own, at start; a name lends once. */
export function lendRequestPane(name: string, pane: LentPane): void {
  panes.set(name, pane)
}

export const lentPanes = (tx: Read, call: Call, request: Request): Promise<ReactNode[]> =>
  Promise.all([...panes.values()].map(pane => pane(tx, call, request)))
