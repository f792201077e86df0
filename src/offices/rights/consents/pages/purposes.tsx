import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  CheckField,
  DateField,
  DateText,
  Empty,
  Flag,
  Form,
  faultOf,
  LongTextField,
  Pane,
  SelectField,
  Stack,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Purpose, purposeKinds } from '../model.ts'
import { consentTexts } from '../strings.ts'
import type { ManageView } from './manage.tsx'

/** Each purpose with its texts, what the program does by it, and how many agreed. */
export function Purposes(view: ManageView) {
  const t = useTexts(consentTexts)
  if (view.purposes.length === 0)
    return (
      <Empty title={t('manage-none')} level={2}>
        {t('manage-none-text')}
      </Empty>
    )
  return (
    <>
      {view.purposes.map(purpose => (
        <OnePurpose key={purpose.code} view={view} purpose={purpose} />
      ))}
    </>
  )
}

function OnePurpose({ view, purpose }: { view: ManageView; purpose: Purpose }) {
  const t = useTexts(consentTexts)
  const { locale, url } = usePage()
  return (
    <Pane id={purpose.code} title={purpose.name[locale]}>
      <p>
        {t(`kind-${purpose.kind}`)}
        {purpose.institution && (
          <>
            {' '}
            · <bdi>{purpose.institution}</bdi>
          </>
        )}{' '}
        · {t('counts', { given: view.counts.get(purpose.code) ?? 0 })}
      </p>
      <p className="sm mut">{t(`does-${purpose.kind}`)}</p>
      <ul className="lines">
        {purpose.texts.map(text => (
          <li key={text.version}>
            <p className="written">{text[locale]}</p>
            <small className="mut">
              {t('version', { version: text.version })} <DateText value={text.from} form="paper" />
              {text.asksAgain && ` · ${t('f-again')}`}
            </small>
          </li>
        ))}
      </ul>
      {purpose.endedAt ? (
        <Flag icon="no">
          {t('ended')}: {purpose.endedWhy}
        </Flag>
      ) : (
        view.mayWrite && (
          <a href={`${url(addresses.manageConsents, {}, { purpose: purpose.code })}#new`}>
            {t('new-text')} · {t('end')}
          </a>
        )
      )}
    </Pane>
  )
}

function TextFields({ view }: { view: ManageView }) {
  const t = useTexts(consentTexts)
  const field = (name: string) => ({ name, value: view.typed(name), fault: faultOf(view.faults, name) })
  return (
    <>
      <LongTextField {...field('ar')} label={t('f-ar')} hint={t('f-ar-hint')} rows={4} maxLength={3000} />
      <LongTextField {...field('en')} label={t('f-en')} rows={3} maxLength={3000} optional />
      <DateField {...field('from')} label={t('f-from')} />
    </>
  )
}

/** Another text of a purpose, and its end. */
export function MorePurpose({ chosen, ...view }: ManageView & { chosen: Purpose }) {
  const t = useTexts(consentTexts)
  const { locale, url } = usePage()
  return (
    <Pane id="new" title={`${t('new-text')}: ${chosen.name[locale]}`} icon="plus">
      <Stack>
        <Form action={url(addresses.manageConsents)} hidden={{ purpose: chosen.code }}>
          <TextFields view={{ ...view, chosen }} />
          <CheckField name="again" label={t('f-again')} hint={t('f-again-hint')} />
          <Button>{t('add-text')}</Button>
        </Form>
        <Form action={url(addresses.manageConsentEnd, { purpose: chosen.code })}>
          <TextField
            name="why"
            label={t('end-why')}
            maxLength={300}
            value={view.typed('why')}
            fault={faultOf(view.faults, 'why')}
          />
          <Button variant="stop">{t('end')}</Button>
        </Form>
        <a href={url(addresses.manageConsents)}>{t('open')}</a>
      </Stack>
    </Pane>
  )
}

/** The form of a new purpose. */
export function NewPurpose(view: ManageView) {
  const t = useTexts(consentTexts)
  const { url } = usePage()
  const field = (name: string) => ({ name, value: view.typed(name), fault: faultOf(view.faults, name) })
  return (
    <Pane id="new" title={t('open')} icon="plus">
      <Form action={url(addresses.manageConsents)}>
        <SelectField
          {...field('kind')}
          label={t('f-kind')}
          options={purposeKinds.map(value => ({ value, label: t(`kind-${value}`) }))}
        />
        <TextField {...field('name')} label={t('f-name')} maxLength={100} />
        <TextField {...field('name-en')} label={t('f-name-en')} maxLength={100} optional ltr />
        <TextField
          {...field('institution')}
          label={t('f-institution')}
          hint={t('f-institution-hint')}
          maxLength={120}
          optional
        />
        <TextFields view={view} />
        <Button>{t('open')}</Button>
      </Form>
    </Pane>
  )
}
