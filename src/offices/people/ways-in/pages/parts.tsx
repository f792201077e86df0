import type { Fault } from '../../../../lib/errors.ts'
import { AppSquare, CodeField, faultOf, PasswordField, Stack, useTexts } from '../../../../ui/index.ts'
import { totpAddress } from '../../log-in/totp.ts'
import { wayTexts } from '../strings.ts'

type Faults = readonly Fault[] | undefined

/** A password of one's own, twice. */
export function NewPassword({ faults }: { faults: Faults }) {
  const t = useTexts(wayTexts)
  return (
    <>
      <PasswordField
        name="password"
        label={t('new-password')}
        hint={t('new-password-hint')}
        fault={faultOf(faults, 'password')}
        fresh
      />
      <PasswordField name="again" label={t('again')} fault={faultOf(faults, 'again')} fresh />
    </>
  )
}

/** What an authenticator app is given: a square, the same in letters, and a field for the code it shows. */
export function NewApp({
  secret,
  login,
  town,
  faults,
}: {
  secret: string
  login: string
  town: string
  faults: Faults
}) {
  const t = useTexts(wayTexts)
  return (
    <Stack>
      <p>{t('app-steps')}</p>
      <AppSquare
        address={totpAddress(secret, login, town)}
        letters={secret}
        label={t('app-qr')}
        lettersLabel={t('app-letters')}
      />
      <CodeField name="code" label={t('app-code')} fault={faultOf(faults, 'code')} />
    </Stack>
  )
}
