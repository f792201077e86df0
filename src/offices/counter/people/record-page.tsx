import { addresses } from '../../../lib/addresses.ts'
import { plainDate } from '../../../lib/dates.ts'
import {
  Button,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  PersonName,
  Stack,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import type { Change, MergedRecord } from '../../people/index.ts'
import { CounterLayout } from '../layout.tsx'
import type { RecordView } from './record.tsx'
import { Address, CardPane } from './register-page.tsx'
import { peopleTexts } from './strings.ts'

/** A person's record to be corrected, what was corrected before, and the records merged into it. */
export function RecordPage({ view }: { view: RecordView }) {
  const t = useTexts(peopleTexts)
  const { url } = usePage()
  const { personId, name, typed, faults, mayMerge, refusal, exists } = view
  return (
    <CounterLayout title={t('record-edit')} faults={faults}>
      <Crumbs links={[{ label: name, href: url(addresses.counterPerson, { person: personId }) }]} />
      <Head
        title={t('record-edit')}
        sub={<PersonName>{name}</PersonName>}
        actions={
          mayMerge && (
            <LinkButton href={url(addresses.counterMerge, { person: personId })} variant="plain" icon="users">
              {t('merge-open')}
            </LinkButton>
          )
        }
      />
      {refusal && (
        <div className="flash">
          <Note tone="honey">
            {t(refusal)}{' '}
            {exists && <a href={url(addresses.counterPerson, { person: exists.id })}>{t('double-open')}</a>}
          </Note>
        </div>
      )}
      <Form
        action={url(addresses.counterRecord, { person: personId })}
        hidden={{ kind: typed.kind ?? 'natural' }}
      >
        <Zones kind="half">
          <CardPane view={view} />
          <Stack>
            <Address view={view} />
            <Pane id="why" title={t('record-reason')}>
              <TextField
                name="reason"
                label={t('record-reason')}
                hint={t('record-reason-hint')}
                value={view.reason}
                fault={faultOf(faults, 'reason')}
                maxLength={500}
                tight
              />
              <Button icon="check">{t('record-save')}</Button>
            </Pane>
          </Stack>
        </Zones>
      </Form>
      <div className="mt">
        <Stack>
          {view.merged.length > 0 && <Merged records={view.merged} mayMerge={mayMerge} />}
          <History changes={view.changes} />
        </Stack>
      </div>
    </CounterLayout>
  )
}

/** Records found to be this person's; whoever may merge takes one apart again, with a reason. */
export function Merged({ records, mayMerge }: { records: readonly MergedRecord[]; mayMerge: boolean }) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  return (
    <Pane id="merged" title={t('merged-records')} icon="users" pad={false}>
      <ul className="check" aria-label={t('merged-records')}>
        {records.map(each => (
          <li key={each.personId}>
            <span />
            <div>
              <b>
                <PersonName>{each.name}</PersonName>
              </b>
              <small>
                {t('merged-line', {
                  name: each.byName ?? '',
                  date: plainDate(each.at, page.now, page),
                  reason: each.reason,
                })}
              </small>
            </div>
            {mayMerge && (
              <div className="check-more">
                <Form action={page.url(addresses.counterUnmerge, { person: each.personId })}>
                  <div className="find-row">
                    <TextField name={`reason.${each.personId}`} label={t('unmerge-reason')} tight />
                    <Button variant="quiet">{t('unmerge')}</Button>
                  </div>
                </Form>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function History({ changes }: { changes: readonly Change[] }) {
  const t = useTexts(peopleTexts)
  return (
    <Pane id="history" title={t('history')} icon="clock" pad={false}>
      {changes.length === 0 ? (
        <p className="pad mut">{t('history-none')}</p>
      ) : (
        <ul className="check" aria-label={t('history')}>
          {changes.map(change => (
            <li key={change.id}>
              <span />
              <div>
                {change.fields.map(({ field, before, after }) => (
                  <p key={field}>
                    {t('history-line', {
                      field: t(`field-${field}`),
                      before: shown(field, before) || t('history-empty'),
                      after: shown(field, after) || t('history-empty'),
                    })}
                  </p>
                ))}
                <small>{t('history-by', { name: change.byName ?? '', reason: change.reason })}</small>
              </div>
              <DateText value={change.at} />
            </li>
          ))}
        </ul>
      )}
    </Pane>
  )
}

/** Numbers of documents are shown by their end; sealed particulars not at all. */
function shown(field: Change['fields'][number]['field'], value: string): string {
  if (field === 'particulars' && value !== '') return '…'
  if (field === 'idNumber') return value.replace(/.(?=.{4})/g, '*')
  return value
}
