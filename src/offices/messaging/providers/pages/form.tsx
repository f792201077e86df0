import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { currencies, currencyWord } from '../../../../lib/money.ts'
import {
  Button,
  CheckField,
  ChoiceField,
  Fold,
  Form,
  faultOf,
  LinkButton,
  ListingField,
  NumberField,
  Pane,
  Row,
  SegmentField,
  Stack,
  TextField,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { descriptionToStart, type Field, fieldsOf, type Kind } from '../fields.ts'
import { type ProviderText, providerTexts } from '../strings.ts'

export type FormView = {
  kind: Kind
  /** As typed, as kept, or as a new one begins. */
  value: (name: string) => string
  faults: readonly Fault[]
  /** The provider that is changed. */
  id?: string | undefined
}

const placeholders = ['to', 'text', 'sender', 'id', 'type', 'user', 'password', 'token']

/** Everything that is asked of a provider: how it is reached, and how much it carries for what. */
export function ProviderForm(view: FormView) {
  const t = useTexts(providerTexts)
  const page = usePage()
  const { kind, id, faults } = view
  const rare = fieldsOf[kind].filter(field => field.rare)
  const open = rare.some(({ name }) => faultOf(faults, name))
  const action = id
    ? page.url(addresses.messageProviderSettings, { provider: id })
    : page.url(addresses.messageProviderNew)
  return (
    <Form action={action} hidden={id ? undefined : { kind }}>
      <Stack>
        <Zones kind="wide">
          <Pane id="connection" title={t('connection')} icon="link">
            <TextField
              name="name"
              label={t('name')}
              hint={t('name-hint')}
              value={view.value('name')}
              fault={faultOf(faults, 'name')}
              maxLength={40}
              width="mid"
            />
            {fieldsOf[kind]
              .filter(field => !field.rare)
              .map(field => (
                <Setting key={field.name} field={field} view={view} />
              ))}
            <Fold kind="rare" title={t('rare-title')} open={open}>
              {rare.map(field => (
                <Setting key={field.name} field={field} view={view} />
              ))}
            </Fold>
          </Pane>
          <Terms {...view} />
        </Zones>
        <Row>
          <Button icon="check">{t(id ? 'save' : 'save-new')}</Button>
          <LinkButton
            href={
              id
                ? page.url(addresses.messageProvider, { provider: id })
                : page.url(addresses.messageProviders)
            }
            variant="plain"
            hotkey="Escape"
          >
            {t('back')}
          </LinkButton>
        </Row>
      </Stack>
    </Form>
  )
}

function Terms({ value, faults }: FormView) {
  const t = useTexts(providerTexts)
  const { locale } = usePage()
  const number = (name: 'weight' | 'rate' | 'dailyParts', optional?: boolean) => (
    <NumberField
      name={name}
      label={t(name)}
      hint={t(`${name}-hint`)}
      value={value(name)}
      fault={faultOf(faults, name)}
      optional={optional}
    />
  )
  return (
    <Pane id="terms" title={t('terms')} icon="scale">
      {number('weight')}
      <NumberField
        name="price"
        label={t('price')}
        hint={t('price-hint')}
        value={value('price')}
        fault={faultOf(faults, 'price')}
        decimal
      />
      <SegmentField
        name="currency"
        label={t('currency')}
        value={value('currency')}
        options={currencies.map(each => ({ value: each, label: currencyWord(each, locale) }))}
      />
      {number('rate', true)}
      {number('dailyParts', true)}
      <CheckField name="isOn" label={t('isOn')} checked={value('isOn') === 'yes'} />
    </Pane>
  )
}

function Setting({ field, view }: { field: Field; view: FormView }) {
  const t = useTexts(providerTexts)
  const { name, as } = field
  const kept = field.secret && view.id !== undefined
  const hintKey = `${name}-hint`
  const common = {
    name,
    label: t(name),
    optional: field.optional && !kept,
    fault: faultOf(view.faults, name),
    hint: kept
      ? t('secret-kept')
      : hintKey in providerTexts.ar
        ? t(hintKey as ProviderText, { names: placeholders.map(each => `{${each}}`).join(' ') })
        : undefined,
    value: field.secret ? undefined : view.value(name),
  }
  if (as === 'yes') return <CheckField {...common} value="yes" checked={view.value(name) === 'yes'} />
  if (as === 'choice')
    return (
      <ChoiceField
        {...common}
        options={(field.options ?? []).map(value => ({
          value,
          label: t(`${name}-${value}` as ProviderText),
        }))}
      />
    )
  if (as === 'number') return <NumberField {...common} />
  if (as === 'lines')
    return <ListingField {...common} rows={name === 'description' ? 24 : 4} maxLength={20_000} />
  return (
    <TextField
      {...common}
      type={name === 'password' || name === 'token' ? 'password' : 'text'}
      autoComplete={field.secret ? 'off' : undefined}
      maxLength={300}
      width={as === 'text' ? 'mid' : name === 'url' || name === 'callback' ? 'full' : 'mid'}
      ltr={as !== 'text'}
      spellCheck={false}
    />
  )
}

/** What a new one begins with. */
export function begin(kind: Kind): (name: string) => string {
  const initial: Record<string, string> = { weight: '50', currency: 'ILS', description: descriptionToStart }
  for (const field of fieldsOf[kind]) if (field.initial) initial[field.name] = field.initial
  return name => initial[name] ?? ''
}
