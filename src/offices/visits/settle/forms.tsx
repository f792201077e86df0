import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  CheckField,
  Form,
  faultOf,
  LinkButton,
  MultipleField,
  NumberField,
  Pane,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type VisitText, visitTexts } from '../strings.ts'
import type { SettingsView } from './page.tsx'
import { ruleNames } from './read.ts'

type Props = { view: SettingsView }

/** The one setting that is open, beside the list of all. */
export function SettingForm({ view }: Props) {
  const t = useTexts(visitTexts)
  const { url } = usePage()
  const [what] = view.edit.split(':')
  const title: VisitText = what === 'window' || what === 'purpose' || what === 'ground' ? what : 'rules'
  return (
    <Form action={url(addresses.manageWindows)} hidden={{ edit: view.edit }}>
      <Pane id="setting" title={t(title)}>
        {what === 'window' && <WindowFields view={view} />}
        {what === 'purpose' && <PurposeFields view={view} />}
        {what === 'ground' && <GroundFields view={view} />}
        {what === 'rules' && <RuleFields view={view} />}
        <p className="row">
          <Button>{t('save')}</Button>
          <LinkButton href={url(addresses.manageWindows)} variant="plain">
            {t('cancel')}
          </LinkButton>
        </p>
      </Pane>
    </Form>
  )
}

/** What was typed before what is stored. */
function useField({ view }: Props) {
  const text = (name: string, stored: string | undefined): string | undefined => {
    const typed = view.typed?.[name]
    return typed === undefined ? stored : String(Array.isArray(typed) ? typed.at(-1) : typed)
  }
  return (name: string, stored: string | number | undefined) => ({
    name,
    value: text(name, stored === undefined ? undefined : String(stored)),
    fault: faultOf(view.faults, name),
  })
}

function Names({ view, ar, en }: Props & { ar: string | undefined; en: string | undefined }) {
  const t = useTexts(visitTexts)
  const field = useField({ view })
  return (
    <>
      <TextField label={t('name-ar')} {...field('nameAr', ar)} />
      <TextField label={t('name-en')} {...field('nameEn', en)} ltr />
    </>
  )
}

function OpenField({ view, open }: Props & { open: boolean }) {
  const t = useTexts(visitTexts)
  return (
    <CheckField name="open" label={t('is-open')} checked={view.typed ? view.typed.open === 'yes' : open} />
  )
}

function WindowFields({ view }: Props) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const field = useField({ view })
  const window = view.windows.find(each => `window:${each.number}` === view.edit)
  const next = Math.max(0, ...view.windows.map(each => each.number)) + 1
  const typed = view.typed?.purposes
  return (
    <>
      <NumberField label={t('number')} {...field('number', window?.number ?? next)} />
      <Names view={view} ar={window?.name.ar} en={window?.name.en} />
      <TextField label={t('room-ar')} optional {...field('roomAr', window?.room.ar)} />
      <TextField label={t('room-en')} optional ltr {...field('roomEn', window?.room.en)} />
      <MultipleField
        name="purposes"
        label={t('serves')}
        values={view.typed ? [typed ?? []].flat() : (window?.purposes ?? [])}
        fault={faultOf(view.faults, 'purposes')}
        options={view.purposes.map(each => ({ value: each.code, label: local(each.name) }))}
      />
      <OpenField view={view} open={window?.open ?? true} />
    </>
  )
}

function PurposeFields({ view }: Props) {
  const t = useTexts(visitTexts)
  const field = useField({ view })
  const purpose = view.purposes.find(each => `purpose:${each.code}` === view.edit)
  return (
    <>
      <TextField
        label={t('letter')}
        hint={t('letter-hint')}
        width="short"
        {...field('letter', purpose?.letter)}
      />
      <Names view={view} ar={purpose?.name.ar} en={purpose?.name.en} />
      <NumberField
        label={t('promise')}
        hint={t('promise-hint')}
        {...field('promise', purpose?.promiseMinutes ?? 20)}
      />
      <TextField
        label={t('words')}
        hint={t('words-hint')}
        optional
        {...field('words', purpose?.words.join(' '))}
      />
      <OpenField view={view} open={purpose?.open ?? true} />
    </>
  )
}

function GroundFields({ view }: Props) {
  const ground = view.grounds.find(each => `ground:${each.code}` === view.edit)
  return (
    <>
      <Names view={view} ar={ground?.name.ar} en={ground?.name.en} />
      <OpenField view={view} open={ground?.open ?? true} />
    </>
  )
}

function RuleFields({ view }: Props) {
  const t = useTexts(visitTexts)
  const field = useField({ view })
  return (
    <>
      {ruleNames.map(name => (
        <NumberField key={name} label={t(`rule-${name}`)} {...field(name, view.rules[name])} />
      ))}
      <TextField label={t('decision')} optional {...field('decision', undefined)} />
    </>
  )
}
