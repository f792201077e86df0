import type { Fault } from '../../../../lib/errors.ts'
import { faultOf, PasskeyButton, PasswordField, TextField, useTexts } from '../../../../ui/index.ts'
import type { Call } from '../../../../web/call.ts'
import { requestOptions } from '../passkeys.ts'
import { siteOf } from '../site.ts'
import { wayTexts } from '../strings.ts'

/** What a page asks an authenticator that confirms a signature; made for each page anew, and written nowhere. */
export const confirmAsked = (call: Call): Promise<unknown> =>
  requestOptions(call.house.crypto, call.town.id, siteOf(call), call.now)

export type ConfirmProps = {
  asked: unknown
  /** As the page around them calls the two. */
  labels: { password: string; code: string }
  faults?: readonly Fault[] | undefined
}

/** Asks somebody again who they are before they sign: a passkey where the browser has one, or password and code. */
export function ConfirmFields({ asked, labels, faults }: ConfirmProps) {
  const t = useTexts(wayTexts)
  return (
    <>
      <div className="mb-s">
        <PasskeyButton act="get" options={asked}>
          {t('confirm-passkey')}
        </PasskeyButton>
      </div>
      <PasswordField
        name="password"
        label={labels.password}
        fault={faultOf(faults, 'password') ?? faultOf(faults, 'passkey')}
      />
      <TextField
        name="code"
        label={labels.code}
        fault={faultOf(faults, 'code')}
        ltr
        width="short"
        inputMode="numeric"
        maxLength={10}
        autoComplete="one-time-code"
      />
    </>
  )
}
