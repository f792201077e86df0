import type { Read } from '../../../platform/database/index.ts'
import type { Call } from '../../../web/call.ts'

/** What needs somebody's hand elsewhere, in one line, with the page that says more. */
export type ManageNotice = { text: string; href: string }

type Finder = (tx: Read, call: Call) => Promise<ManageNotice[]>

let find: Finder = async () => []

/** An upper office lends the settings page what its reader is to be told first. */
export function lendManageNotices(finder: Finder): void {
  find = finder
}

export const manageNotices: Finder = (tx, call) => find(tx, call)
