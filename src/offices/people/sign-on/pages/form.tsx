import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  Form,
  faultOf,
  ListingField,
  MultipleField,
  Pane,
  Stack,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type SignOnText, signOnTexts } from '../strings.ts'

export type ProviderFormView = {
  typed: (name: string) => string
  forWhom: readonly string[]
  faults: readonly Fault[]
  /** The provider that is changed. */
  id?: string | undefined
}

/** Everything that is asked of a provider. */
export function ProviderForm({ typed, forWhom, faults, id }: ProviderFormView) {
  const t = useTexts(signOnTexts)
  const page = usePage()
  const of = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  const code = (name: string, label: SignOnText, hint?: SignOnText) => (
    <TextField {...of(name)} label={t(label)} hint={hint && t(hint)} maxLength={200} spellCheck={false} ltr />
  )
  const action = id
    ? page.url(addresses.signOnProvider, { provider: id })
    : page.url(addresses.signOnProviderNew)
  return (
    <Form action={action}>
      <Stack>
        <Zones kind="half">
          <Pane id="provider" title={t('list-name')} icon="link">
            <TextField {...of('name')} label={t('form-name')} maxLength={60} width="mid" />
            <TextField {...of('nameEn')} label={t('form-name-en')} maxLength={60} width="mid" ltr optional />
            {code('issuer', 'form-issuer', 'form-issuer-hint')}
            {code('clientId', 'form-client')}
            <TextField
              name="secret"
              label={t('form-secret')}
              hint={id && t('form-secret-kept')}
              fault={faultOf(faults, 'secret')}
              type="password"
              autoComplete="off"
              maxLength={500}
              ltr
            />
            {code('scope', 'form-scope')}
          </Pane>
          <Pane id="whom" title={t('form-for')} icon="users">
            <MultipleField
              name="for"
              label={t('form-for')}
              labelHidden
              values={forWhom}
              fault={faultOf(faults, 'for')}
              options={[
                { value: 'staff', label: t('for-staff') },
                { value: 'citizens', label: t('for-citizens') },
              ]}
              columns={2}
            />
            <ChoiceField
              {...of('staffBy')}
              label={t('form-staff-by')}
              columns={2}
              options={[
                { value: 'login', label: t('staff-by-login') },
                { value: 'email', label: t('staff-by-email') },
              ]}
            />
            {code('staffClaim', 'form-staff-claim', 'form-staff-claim-hint')}
            {code('citizenClaim', 'form-citizen-claim')}
            <ListingField
              {...of('acr')}
              label={t('form-acr')}
              hint={t('form-acr-hint')}
              rows={3}
              maxLength={2000}
            />
          </Pane>
        </Zones>
        <div className="row">
          <Button icon="check">{t('form-save')}</Button>
        </div>
      </Stack>
    </Form>
  )
}
