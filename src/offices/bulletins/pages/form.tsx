import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { PartPrice } from '../../../lib/sms/index.ts'
import {
  Button,
  ChoiceField,
  FileField,
  Form,
  faultOf,
  fieldId,
  MoneyField,
  NameChips,
  NumberField,
  Pane,
  SmsEditor,
  Stack,
  TextField,
  Tick,
  Ticks,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { billNames, billText, sampleOwed } from '../bill.ts'
import { accountKinds, type TypedBulletin } from '../form.ts'
import { type Bulletin, bulletinKinds, mostFileMegabytes, numberUses } from '../model.ts'
import { bulletinTexts } from '../strings.ts'

export type FormView = {
  bulletin: Bulletin | undefined
  typed: TypedBulletin
  quarters: readonly string[]
  feeders: readonly string[]
  price: PartPrice | undefined
  faults?: Fault[] | undefined
}

/** The whole form of a bulletin: what is said, to whom, when; and beside it what happens next. */
export function BulletinForm({ view }: { view: FormView }) {
  const page = usePage()
  const t = useTexts(bulletinTexts)
  const { bulletin } = view
  const action = bulletin
    ? page.url(addresses.bulletinEdit, { bulletin: bulletin.id })
    : page.url(addresses.bulletinNew)
  return (
    <Form action={action} files>
      <Zones kind="wide">
        <Stack>
          <TextPane view={view} />
          <WhomPane view={view} />
        </Stack>
        <Stack>
          <FilePane view={view} />
          <WhenPane view={view} />
          <Pane id="how" title={t('side-title')} icon="info">
            <Stack gap="small">
              {(['side-1', 'side-2', 'side-3', 'side-4'] as const).map((key, at) => (
                <p key={key} className="sm">
                  <b>{`${at + 1}.`}</b> {t(key)}
                </p>
              ))}
            </Stack>
          </Pane>
          <Button icon="users" hotkey="F9">
            {t('count')}
          </Button>
        </Stack>
      </Zones>
    </Form>
  )
}

function TextPane({ view: { typed, faults, price } }: { view: FormView }) {
  const t = useTexts(bulletinTexts)
  const names = billNames.map(name => t(`name-${name}`))
  const examples = Object.fromEntries(
    billNames.map((name, at) => [names[at] ?? name, billText(`{${name}}`, sampleOwed)]),
  )
  return (
    <Pane id="text" title={t('pane-text')} icon="chat">
      <TextField
        name="title"
        label={t('field-title')}
        hint={t('field-title-hint')}
        value={typed.title}
        fault={faultOf(faults, 'title')}
        maxLength={80}
      />
      <ChoiceField
        name="kind"
        label={t('field-kind')}
        value={typed.kind}
        fault={faultOf(faults, 'kind')}
        columns={2}
        options={bulletinKinds.map(kind => ({
          value: kind,
          label: t(`kind-${kind}`),
          hint: t(`kind-${kind}-hint`),
        }))}
      />
      <SmsEditor
        name="body"
        label={t('field-body')}
        hint={t('field-body-hint')}
        value={typed.body}
        fault={faultOf(faults, 'body')}
        price={price}
        maxLength={700}
        {...(typed.kind === 'bill' && { examples })}
      >
        <p className="sm mut">{t('field-body-bill')}</p>
        <NameChips into={fieldId('body')} label={t('chips')} names={names} />
      </SmsEditor>
    </Pane>
  )
}

const asOptions = (list: readonly string[]) => list.map(value => ({ value, label: value }))

function WhomPane({ view: { typed, faults, quarters, feeders } }: { view: FormView }) {
  const t = useTexts(bulletinTexts)
  const fault = faultOf(faults, 'quarters')
  return (
    <Pane id="whom" title={t('pane-whom')} icon="users">
      <p className="sm mut mb-s">{t('whom-hint')}</p>
      {quarters.length > 0 ? (
        <Ticks
          id={fieldId('quarters')}
          name="quarters"
          legend={t('field-quarters')}
          hint={t('field-quarters-hint')}
          options={asOptions(quarters)}
          values={typed.quarters}
          fault={fault}
        />
      ) : (
        <TextField
          name="quarters"
          label={t('field-quarters')}
          hint={t('field-quarters-hint')}
          value={typed.quarters[0]}
          fault={fault}
          optional
        />
      )}
      {feeders.length > 0 && (
        <Ticks
          id={fieldId('feeders')}
          name="feeders"
          legend={t('field-feeders')}
          hint={t('field-feeders-hint')}
          options={asOptions(feeders)}
          values={typed.feeders}
        />
      )}
      <Ticks
        id={fieldId('accountKinds')}
        name="accountKinds"
        legend={t('field-kinds')}
        hint={t('field-kinds-hint')}
        options={accountKinds.map(value => ({ value, label: t(`account-${value}`) }))}
        values={typed.accountKinds}
      />
      <MoneyField
        name="debt"
        label={t('field-debt')}
        hint={t('field-debt-hint')}
        currency="ILS"
        value={typed.debt}
        fault={faultOf(faults, 'debt')}
        optional
      />
      <Tick name="overdue" label={t('field-overdue')} checked={typed.overdue} />
      <Tick name="verified" label={t('field-verified')} checked={typed.verified} />
    </Pane>
  )
}

function FilePane({ view: { bulletin, typed, faults } }: { view: FormView }) {
  const t = useTexts(bulletinTexts)
  const kept = bulletin?.file?.name
  return (
    <Pane id="file" title={t('pane-file')} icon="doc">
      {kept !== undefined && <p className="sm">{t('field-file-kept', { name: kept })}</p>}
      <FileField
        name="file"
        label={t('field-file')}
        hint={t('field-file-hint', { megabytes: mostFileMegabytes })}
        fault={faultOf(faults, 'file')}
        accept=".csv,.txt,.tsv"
        noCamera
        optional
      />
      <ChoiceField
        name="numbers"
        label={t('field-numbers')}
        value={typed.numbers}
        fault={faultOf(faults, 'numbers')}
        options={numberUses.map(value => ({ value, label: t(`numbers-${value}`) }))}
      />
      {kept !== undefined && <Tick name="dropFile" label={t('field-file-drop')} checked={typed.dropFile} />}
    </Pane>
  )
}

function WhenPane({ view: { typed, faults } }: { view: FormView }) {
  const t = useTexts(bulletinTexts)
  return (
    <Pane id="when" title={t('pane-when')} icon="clock">
      <NumberField
        name="expiresDays"
        label={t('field-expires')}
        hint={t('field-expires-hint')}
        unit={t('unit-days')}
        value={typed.expiresDays}
        fault={faultOf(faults, 'expiresDays')}
      />
      <NumberField
        name="dailyParts"
        label={t('field-daily')}
        hint={t('field-daily-hint')}
        unit={t('unit-parts')}
        value={typed.dailyParts}
        fault={faultOf(faults, 'dailyParts')}
        optional
      />
    </Pane>
  )
}
