import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import { BadRequest } from '../../../../lib/errors.ts'
import { Crumbs, Head, Pane, Read, StaffLayout, usePage, useTexts } from '../../../../ui/index.ts'
import { type Call, param, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { ContinueForm } from '../../../../web/parked.tsx'
import { staffById } from '../../offices.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { handedForm } from '../forms.ts'
import { staffingTexts } from '../strings.ts'

/** The hash of a form's token, as its address carries it. */
export function formParam(call: Call): string {
  const id = param(call, 'form')
  if (!/^[0-9a-f]{64}$/.test(id)) throw new BadRequest('bad-address')
  return id
}

/** GET: a form somebody else began, for whom it was handed to; they send it in their own name. */
export async function showHanded(call: Call): Promise<Response> {
  const { form, writer } = await read(call, async tx => {
    const form = await handedForm(tx, formParam(call), staffIdOf(call))
    return { form, writer: (await staffById(tx, [form.writtenBy])).get(form.writtenBy) }
  })
  return showPage(
    call,
    <HandedPage name={writer?.name[call.locale] ?? ''}>
      <ContinueForm call={call} parked={form} />
    </HandedPage>,
  )
}

function HandedPage({ name, children }: { name: string; children: ReactNode }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('handed-title')}>
      <Crumbs links={[{ label: t('handed-title'), href: page.url(addresses.mySecurity) }]} />
      <Read>
        <Head title={t('handed-title')} sub={t('handed-sub', { name })} />
        <Pane>{children}</Pane>
      </Read>
    </StaffLayout>
  )
}
