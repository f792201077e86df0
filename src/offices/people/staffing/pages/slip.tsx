import { addresses } from '../../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import { LinkButton, Num, SecretSheet, SheetPage, usePage, useTexts } from '../../../../ui/index.ts'
import { type Call, url } from '../../../../web/call.ts'
import { siteOf } from '../../ways-in/site.ts'
import { staffingTexts } from '../strings.ts'

/** A password to hand over: whole, or the half that this reader may see. */
export type Slip = {
  staffId: string
  name: string
  login: string
  secret: string
  part: 'whole' | 'first' | 'second'
  /** Where they log in, as they type it. */
  at: string
}

/** The slip, shown this once. */
export function SlipPage({ staffId, name, login, secret, part, at }: Slip) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const half = part !== 'whole'
  const label = part === 'whole' ? t('slip-secret') : t(`slip-${part}-half`)
  const other = t(part === 'first' ? 'slip-other-proposer' : 'slip-other-approver')
  return (
    <SheetPage
      side="staff"
      title={t('slip-title')}
      sub={half ? t('slip-half-sub', { other }) : t('slip-sub')}
      actions={
        <>
          <LinkButton href="#slip" icon="print" variant="quiet" hotkey="F9">
            {t('slip-print')}
          </LinkButton>
          <LinkButton href={page.url(addresses.staffMember, { staff: staffId })} hotkey="Escape">
            {t('slip-done')}
          </LinkButton>
        </>
      }
    >
      <SecretSheet
        id="slip"
        title={t('slip-of')}
        person={name}
        facts={[
          { label: t('slip-login'), value: <Num>{login}</Num> },
          { label: t('slip-at'), value: <Num>{at}</Num> },
          {
            label: t('slip-until'),
            value: shortDate(addDays(dateIn(page.now, page.timeZone), 7), page),
          },
          { label, value: '' },
        ]}
        secrets={[secret]}
        secretsLabel={label}
        steps={[t('slip-step-1'), t('slip-step-2')]}
        foot={t('slip-foot')}
      />
    </SheetPage>
  )
}

/** The whole address of the log-in, for paper. */
export const logInAt = (call: Call): string => siteOf(call).origin + url(call, addresses.staffLogIn)
