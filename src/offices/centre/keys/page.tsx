import { Head, KeySheet, Note, StaffLayout, useTexts } from '../../../ui/index.ts'
import type { Call } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { keyPages, keyTexts } from './list.ts'

/** `/office/keys`: every key of the working pages on one sheet, to be printed and hung beside a screen. */
export const showKeys = (call: Call): Response => showPage(call, <KeysPage />)

function KeysPage() {
  const t = useTexts(keyTexts)
  return (
    <StaffLayout title={t('title')}>
      <Head title={t('title')} sub={t('sub')} />
      <KeySheet
        groups={keyPages.map(({ page, keys }) => ({
          id: page,
          title: t(`on-${page}`),
          hints: keys.map(each => ({ keys: [...each.codes], label: t(each.does) })),
        }))}
      />
      <div className="no-print mt">
        <Note small>{t('print')}</Note>
      </div>
    </StaffLayout>
  )
}
