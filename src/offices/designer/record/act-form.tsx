import type { ReactNode } from 'react'
import { addresses } from '../../../lib/addresses.ts'
import { Form, usePage } from '../../../ui/index.ts'
import type { Tried } from './load.ts'
import { packed } from './model.ts'
import type { Standing } from './page.tsx'

/** A form that carries the recording on. */
export function ActForm({
  tried,
  standing,
  step,
  label,
  children,
}: {
  tried: Tried
  standing: Standing
  step?: string
  label: string
  children: ReactNode
}) {
  const { url } = usePage()
  return (
    <Form
      action={url(addresses.designerRecord, { draft: tried.read.draft.id })}
      hidden={{ recording: packed(standing.recording), step }}
      label={label}
    >
      {children}
    </Form>
  )
}
