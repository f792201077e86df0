import type { ReactNode } from 'react'
import type { Call } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { Frame } from './frame.tsx'
import { loadView, partParam } from './load.ts'
import { CheckPane } from './tabs/check.tsx'
import { ExamplesTab } from './tabs/examples.tsx'
import { FeesTab } from './tabs/fees.tsx'
import { FormTab } from './tabs/form.tsx'
import { MessagesTab } from './tabs/messages.tsx'
import { OutputTab } from './tabs/output.tsx'
import { PapersTab } from './tabs/papers.tsx'
import { PathTab } from './tabs/path.tsx'
import { SheetTab } from './tabs/sheet.tsx'
import type { View } from './view.ts'

/** GET: one part of a service that is being written. */
export async function showPart(call: Call): Promise<Response> {
  return showView(call, await loadView(call, partParam(call), call.query.open ?? ''))
}

/** The page of a view; with faults it is refused as 422, with what was typed. */
export function showView(call: Call, view: View): Response {
  const status = view.faults.length > 0 ? 422 : view.conflicts.length > 0 ? 409 : 200
  return showPage(call, <Frame view={view}>{tabOf(view)}</Frame>, status)
}

function tabOf(view: View): ReactNode {
  switch (view.part) {
    case 'path':
      return <PathTab view={view} />
    case 'form':
      return <FormTab view={view} />
    case 'papers':
      return <PapersTab view={view} />
    case 'fees':
      return <FeesTab view={view} />
    case 'messages':
      return <MessagesTab view={view} />
    case 'output':
      return <OutputTab view={view} />
    case 'examples':
      return <ExamplesTab view={view} />
    case 'check':
      return <CheckPane view={view} />
    case 'sheet':
      return <SheetTab view={view} />
  }
}
