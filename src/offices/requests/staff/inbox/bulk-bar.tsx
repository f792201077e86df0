import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  BulkActs,
  Button,
  DateField,
  Form,
  faultOf,
  LongTextField,
  Note,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { Typed } from '../../../../web/call.ts'
import type { Catalogue } from '../../../catalogue/index.ts'
import type { Office } from '../../../people/index.ts'
import type { Colleague } from '../colleagues.ts'
import { field, typedOne } from '../request/read-act.ts'
import { useRecipients } from '../request/recipients.tsx'
import { staffTexts } from '../strings.ts'
import type { InboxFilter, InboxLine } from './store.ts'

type BulkBarProps = {
  filter: InboxFilter
  lines: InboxLine[]
  catalogue: Catalogue
  colleagues: Colleague[]
  offices: Office[]
  staffId: string
  bulk: { typed: Typed; faults: readonly Fault[] } | undefined
  /** Whether tasks of this box can be done several at once. */
  takes: boolean
  children: ReactNode
}

/** The list as a form: what can be done to the ones that are ticked, one by one and each for itself. */
export function BulkBar(props: BulkBarProps) {
  const { filter, lines, catalogue, bulk, takes, children } = props
  const t = useTexts(staffTexts)
  const { url } = usePage()
  if (!takes) return children
  const typed = bulk?.typed ?? {}
  const faults = bulk?.faults ?? []
  const approvable = lines.some(line => isBulkStep(catalogue, line))
  const wrong = (...names: string[]) => faults.some(fault => names.includes(fault.field))
  return (
    <Form
      action={url(addresses.officeBulk)}
      hidden={{ box: filter.box, service: filter.serviceCode, when: filter.when }}
      label={t('bulk-label')}
    >
      {children}
      <BulkActs
        label={t('bulk-label')}
        hint={t('bulk-hint')}
        count={t('bulk-count')}
        buttons={
          <>
            <Button variant="quiet" icon="hand" name="act" value="take">
              {t('bulk-take')}
            </Button>
            {approvable && (
              <Button variant="quiet" icon="check" name="act" value="approve">
                {t('bulk-approve')}
              </Button>
            )}
          </>
        }
        parts={[
          {
            id: 'refer',
            title: t('bulk-refer'),
            open: wrong(field.to, field.note),
            body: <ReferMany {...props} typed={typed} faults={faults} />,
          },
          {
            id: 'defer',
            title: t('bulk-defer'),
            open: wrong(field.date, field.when),
            body: (
              <>
                <DateField
                  name={field.date}
                  label={t('bulk-until')}
                  value={typedOne(typed, field.date)}
                  fault={faultOf(faults, field.date)}
                  tight
                />
                <TextField
                  name="reason"
                  label={t('bulk-reason')}
                  value={typedOne(typed, 'reason')}
                  fault={faultOf(faults, 'reason')}
                  maxLength={500}
                  tight
                />
                <Button variant="quiet" icon="snooze" name="act" value="defer">
                  {t('bulk-defer-send')}
                </Button>
              </>
            ),
          },
        ]}
      />
      {wrong('task') && (
        <Note tone="sumac" small>
          {t('bulk-none')}
        </Note>
      )}
    </Form>
  )
}

/** Whether the service lets this step be approved with others, unseen. */
export function isBulkStep(
  catalogue: Catalogue,
  {
    serviceCode,
    serviceVersion,
    step,
    purpose,
  }: Pick<InboxLine, 'serviceCode' | 'serviceVersion' | 'step' | 'purpose'>,
): boolean {
  const { steps } = catalogue.get(serviceCode, serviceVersion).service.definition
  return purpose === 'step' && steps.find(({ id }) => id === step)?.bulk === true
}

function ReferMany({
  colleagues,
  offices,
  staffId,
  typed,
  faults,
}: BulkBarProps & { typed: Typed; faults: readonly Fault[] }) {
  const t = useTexts(staffTexts)
  const options = useRecipients({ offices, colleagues, besides: { staffId } })
  return (
    <>
      <SelectField
        name={field.to}
        label={t('bulk-to')}
        options={options}
        width="full"
        value={typedOne(typed, field.to)}
        fault={faultOf(faults, field.to)}
        tight
      />
      <LongTextField
        name={field.note}
        label={t('bulk-note')}
        rows={2}
        maxLength={2000}
        value={typedOne(typed, field.note)}
        fault={faultOf(faults, field.note)}
        tight
      />
      <Button variant="quiet" icon="refer" name="act" value="refer">
        {t('bulk-refer-send')}
      </Button>
    </>
  )
}
