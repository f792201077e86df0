import type { Fault } from '../../../lib/errors.ts'
import {
  CheckField,
  faultOf,
  PhoneField,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { noNumberReasons } from '../../people/index.ts'
import { peopleTexts } from './strings.ts'

/** Countries whose passports come to the window, as two letters; their names are the language's own. */
const countries =
  'JO EG LB SY IQ SA AE KW QA BH OM YE LY TN DZ MA SD TR US CA GB DE FR ES IT SE NO DK NL BE AT CH RU UA RO CL BR HN CO VE AU'.split(
    ' ',
  )

type Props = { typed: Readonly<Record<string, string>>; faults: readonly Fault[] }

const stands = ({ typed, faults }: Props, names: readonly string[]): boolean =>
  names.some(name => (typed[name] ?? '') !== '' || faultOf(faults, name) !== undefined)

/** What is asked besides the card: of a passport its country, without a number what identifies instead, and of somebody abroad who answers for them. */
export function MoreFields(props: Props) {
  const { typed, faults } = props
  const t = useTexts(peopleTexts)
  const { locale } = usePage()
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const field = (name: keyof typeof labels) => ({
    name,
    label: t(labels[name]),
    value: typed[name],
    fault: faultOf(faults, name),
    maxLength: 120,
    tight: true,
  })
  return (
    <>
      <SelectField
        name="country"
        label={t('country')}
        value={typed.country}
        fault={faultOf(faults, 'country')}
        options={[
          { value: '', label: t('country-pick') },
          ...countries.map(value => ({ value, label: names.of(value) ?? value })),
        ]}
        tight
      />
      <details
        className="digest"
        open={typed.idKind === 'none' || stands(props, ['noIdReason', 'witness1', 'witness2', 'instead'])}
      >
        <summary>{t('without-number')}</summary>
        <SelectField
          name="noIdReason"
          label={t('no-reason')}
          value={typed.noIdReason}
          fault={faultOf(faults, 'noIdReason')}
          options={[
            { value: '', label: '—' },
            ...noNumberReasons.map(value => ({ value, label: t(`no-${value}`) })),
          ]}
          tight
        />
        <div className="names">
          <TextField {...field('witness1')} hint={t('witness-hint')} />
          <TextField {...field('witness2')} hint={t('witness-hint')} />
        </div>
        <TextField {...field('instead')} hint={t('instead-hint')} />
      </details>
      <details
        className="digest"
        open={stands(props, ['livesAbroad', 'livesIn', 'contactName', 'contactPhone'])}
      >
        <summary>{t('abroad')}</summary>
        <CheckField name="livesAbroad" label={t('livesAbroad')} checked={typed.livesAbroad === 'yes'} />
        <div className="names">
          <TextField {...field('livesIn')} />
          <TextField {...field('contactName')} />
        </div>
        <PhoneField
          name="contactPhone"
          label={t('contactPhone')}
          value={typed.contactPhone}
          fault={faultOf(faults, 'contactPhone')}
          autoComplete="off"
          tight
        />
      </details>
    </>
  )
}

const labels = {
  witness1: 'witness1',
  witness2: 'witness2',
  instead: 'instead',
  livesIn: 'livesIn',
  contactName: 'contactName',
} as const
