import type { Fault } from '../../lib/errors.ts'
import {
  AddressField,
  Button,
  CheckField,
  ChoiceField,
  DateField,
  FileAction,
  FileField,
  Form,
  faultOf,
  Listing,
  ListingField,
  LongTextField,
  MapPointField,
  MoneyField,
  MultipleField,
  NationalIdField,
  NumberField,
  PersonField,
  PhoneField,
  Row,
  Section,
  TextField,
  useTexts,
  YesNoField,
} from '../index.ts'
import { kitStrings } from './strings.ts'

/** Lines for a program, as they stand in another program's settings. */
const listing =
  'group = sms-service\nkeyword = default\nget-url = "https://window.example.ps/hooks/messages/x/incoming?from=%p&text=%b"'

/** Every field, sound and faulty. */
export function KitFields({ faults }: { faults: Fault[] }) {
  const t = useTexts(kitStrings)
  return (
    <Section id="fields" title={t('fields')}>
      <Form action="#save" files autosave="#autosave" upload="#upload">
        <div className="cols half">
          <div>
            <TextField name="name" label={t('f-name')} value={t('v-name')} autoComplete="name" />
            <NationalIdField
              name="id"
              label={t('f-id')}
              value="900000002"
              warning={{ code: 'national-id-check-digit' }}
            />
            <PhoneField
              name="phone"
              label={t('f-phone')}
              value="0599 000 12"
              fault={faultOf(faults, 'phone')}
            />
            <DateField name="born" label={t('f-born')} value="9/11/1988" autoComplete="bday" />
            <NumberField name="amps" label={t('f-amps')} value="40" unit={t('u-amps')} />
            <MoneyField name="amount" label={t('f-amount')} currency="JOD" value="12.500" optional />
            <LongTextField name="note" label={t('f-note')} value={t('v-note')} optional />
            <ListingField name="lines" label={t('f-note')} value={listing} rows={3} optional />
            <Listing>{listing}</Listing>
            <MapPointField name="point" label={t('f-point')} hint={t('h-point')} optional />
          </div>
          <div>
            <AddressField
              name="place"
              label={t('f-place')}
              faults={faults}
              levels={[
                { id: 'block', label: t('l-block'), options: [{ value: '3', label: t('o-block-3') }] },
                {
                  id: 'quarter',
                  label: t('l-quarter'),
                  options: [{ value: 'market', label: t('o-quarter') }],
                },
                { id: 'parcel', label: t('l-parcel'), hint: t('h-parcel'), numeric: true },
              ]}
              values={{ block: '3', quarter: 'market', parcel: '\u0661\u0661\u0668' }}
            />
            <PersonField name="owner" label={t('f-owner')} optional />
            <ChoiceField
              name="proof"
              label={t('f-proof')}
              value="lease"
              options={[
                { value: 'permit', label: t('o-permit') },
                { value: 'lease', label: t('o-lease'), hint: t('o-lease-hint') },
                { value: 'agent', label: t('o-agent'), hint: t('o-agent-hint') },
              ]}
            />
            <MultipleField
              name="notify"
              label={t('f-notify')}
              values={['sms']}
              columns={2}
              options={[
                { value: 'sms', label: t('o-sms') },
                { value: 'whatsapp', label: t('o-whatsapp') },
              ]}
            />
            <YesNoField name="inside" label={t('f-inside')} value="yes" />
            <FileField
              name="lease"
              label={t('f-lease')}
              limit={t('h-lease')}
              fault={faultOf(faults, 'lease')}
              files={[
                {
                  id: '1',
                  title: t('p-1'),
                  size: t('kb-410'),
                  fate: 'arrived',
                  action: (
                    <FileAction name="replace" value="1">
                      {t('replace')}
                    </FileAction>
                  ),
                },
                {
                  id: '2',
                  title: t('p-2'),
                  size: t('mb-14'),
                  fate: 'refused',
                  action: (
                    <FileAction name="replace" value="2">
                      {t('replace')}
                    </FileAction>
                  ),
                },
                { id: '3', title: t('p-3'), fate: 'sending', share: 0.62 },
              ]}
            />
            <CheckField name="agree" label={t('confirm')} checked />
          </div>
        </div>
        <Row>
          <Button big iconEnd="go">
            {t('start')}
          </Button>
          <Button variant="quiet" icon="print" type="button">
            {t('print')}
          </Button>
          <Button variant="stop" icon="gap" type="button">
            {t('ask-paper')}
          </Button>
          <Button variant="plain" name="later" value="yes" formNoValidate>
            {t('later')}
          </Button>
          <Button disabledBecause={t('submit-why')}>{t('submit')}</Button>
        </Row>
      </Form>
    </Section>
  )
}
