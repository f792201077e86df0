import { addresses } from '../../../../lib/addresses.ts'
import { shortDate } from '../../../../lib/dates.ts'
import { LinkButton, Note, SecretSheet, SheetPage, usePage, useTexts } from '../../../../ui/index.ts'
import { type Call, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { record } from '../../../audit/index.ts'
import { getStaffMember } from '../../offices.ts'
import { staffIdOf } from '../own.ts'
import { makeRecoveryCodes } from '../recovery.ts'
import { wayText, wayTexts } from '../strings.ts'

/** POST: new recovery codes, shown once. The same form sent again makes none and says so. */
export async function remakeCodes(call: Call): Promise<Response> {
  const staffId = staffIdOf(call)
  let made: { codes: string[]; login: string } | undefined
  const answer = await write(call, async tx => {
    made = { codes: await makeRecoveryCodes(tx, staffId), login: (await getStaffMember(tx, staffId)).login }
    await record(tx, {
      actor: { kind: 'staff', id: staffId },
      act: 'people.recovery-codes-made',
      subjectKind: 'staff',
      subjectId: staffId,
    })
    return { redirect: url(call, addresses.mySecurity) }
  })
  if (made) return showPage(call, <CodesPage {...made} on={url(call, addresses.mySecurity)} />)
  flash(call, { text: wayText(call.locale, 'codes-already'), tone: 'info' })
  return answer
}

/** The codes on a sheet, this once. */
export function CodesPage({ codes, login, on }: { codes: readonly string[]; login: string; on: string }) {
  const t = useTexts(wayTexts)
  const page = usePage()
  return (
    <SheetPage
      side="staff"
      title={t('codes-title')}
      sub={t('codes-sub')}
      note={
        <div className="mt-s">
          <Note tone="honey">{t('codes-once')}</Note>
        </div>
      }
      actions={
        <>
          <LinkButton href="#codes" icon="print" variant="quiet" hotkey="F9">
            {t('codes-print')}
          </LinkButton>
          <LinkButton href={on}>{t('codes-on')}</LinkButton>
        </>
      }
    >
      <SecretSheet
        id="codes"
        title={t('codes-title')}
        person={t('codes-of', { login })}
        facts={[{ label: t('codes-date'), value: shortDate(page.now, page) }]}
        secrets={codes}
        secretsLabel={t('codes-title')}
        foot={t('codes-foot')}
      />
    </SheetPage>
  )
}
