import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { Confirm, faultOf, LongTextField, StaffLayout, usePage, useTexts } from '../../../ui/index.ts'
import { ConfirmFields } from '../../people/index.ts'
import { type Certificate, outgoingNumber } from '../model.ts'
import { certificateTexts } from '../strings.ts'

export type EndAct = 'revoke' | 'reissue'

type Props = {
  act: EndAct
  certificate: Certificate
  reason?: string | undefined
  faults?: readonly Fault[] | undefined
  /** What an authenticator is asked. */
  asked: unknown
}

/** Asks before a certificate is revoked or replaced: why, and who it is that does it. */
export function EndPage({ act, certificate, reason, faults, asked }: Props) {
  const t = useTexts(certificateTexts)
  const page = usePage()
  const { id, kept } = certificate
  const title = t(`${act}-title`, { title: kept.title, number: outgoingNumber(certificate) })
  const address = act === 'revoke' ? addresses.certificateRevoke : addresses.certificateReissue
  return (
    <StaffLayout title={title} faults={faults}>
      <Confirm
        title={title}
        action={page.url(address, { id })}
        verb={t(act === 'revoke' ? 'staff-revoke' : 'staff-reissue')}
        stops={act === 'revoke'}
        back={page.url(addresses.certificate, { id })}
        fields={
          <>
            <LongTextField
              name="reason"
              label={t('reason-label')}
              hint={t('reason-hint')}
              value={reason}
              maxLength={500}
              fault={faultOf(faults, 'reason')}
            />
            <ConfirmFields
              asked={asked}
              labels={{ password: t('confirm-password'), code: t('confirm-code') }}
              faults={faults}
            />
          </>
        }
      >
        {t(`${act}-body`)}
      </Confirm>
    </StaffLayout>
  )
}
