import { addresses } from '../../../../lib/addresses.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  type Column,
  DateText,
  Form,
  faultOf,
  Num,
  Pane,
  SelectField,
  Stack,
  Table,
  Tag,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { ApiKey } from '../../keys/store.ts'
import type { StaffAppointment } from '../../model.ts'
import { staffingTexts } from '../strings.ts'
import type { Member } from './load.ts'
import { postText, staffName } from './words.tsx'

/** What somebody is and was appointed to. */
export function Posts({ member, posts, names, today, mayWrite }: Member & { mayWrite: boolean }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const runs = ({ validUntil }: StaffAppointment) => validUntil === undefined || validUntil >= today
  const columns: Column<StaffAppointment>[] = [
    {
      id: 'role',
      head: t('one-role'),
      heads: true,
      phone: 'line' as const,
      cell: each => postText(page.locale, names, each),
    },
    {
      id: 'from',
      head: t('one-from'),
      cell: each => <DateText value={each.validFrom} form="dense" />,
    },
    {
      id: 'until',
      head: t('one-until'),
      cell: each =>
        each.validUntil ? (
          <DateText value={each.validUntil} form="dense" />
        ) : (
          <span className="mut">{t('one-open')}</span>
        ),
    },
    { id: 'decision', head: t('one-decision'), dim: true, cell: each => each.decision ?? '' },
    {
      id: 'end',
      head: <span className="vh">{t('list-act')}</span>,
      phone: 'end' as const,
      cell: each =>
        mayWrite &&
        !member.leftAt &&
        runs(each) && (
          <Form
            action={page.url(addresses.staffAppointmentEnd, { staff: member.id, appointment: each.id })}
            inline
          >
            <Button variant="plain" label={t('one-end-of', { post: postText(page.locale, names, each) })}>
              {t('one-end')}
            </Button>
          </Form>
        ),
    },
  ]
  return (
    <Pane id="posts" title={t('one-posts')} icon="desk" pad={posts.length === 0}>
      {posts.length === 0 ? (
        <p className="mut">{t('one-posts-none')}</p>
      ) : (
        <Table caption={t('one-posts')} columns={columns} rows={posts} rowId={each => each.id} />
      )}
    </Pane>
  )
}

/** What they wrote when their log-in ended: where it was going and when, never what it says. */
export function LeftForms({
  member,
  forms,
  heirs,
  names,
  faults,
  mayWrite,
}: Member & { faults: readonly Fault[]; mayWrite: boolean }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <Pane id="forms" title={t('one-forms')} icon="doc">
      <Stack>
        <p className="sm mut">{t('one-forms-sub')}</p>
        {forms.map(form => (
          <div key={form.id}>
            <p>
              <Num>{form.address.split('?', 1)}</Num> <DateText value={form.at} form="moment" />
            </p>
            {form.handedTo ? (
              <p className="mut">
                {t('one-forms-handed', { name: staffName(names, form.handedTo, page.locale) })}
              </p>
            ) : (
              mayWrite && (
                <Form action={page.url(addresses.staffFormHand, { staff: member.id, form: form.id })}>
                  <SelectField
                    name="to"
                    label={t('one-forms-to')}
                    options={heirs.map(each => ({ value: each.id, label: each.name }))}
                    fault={faultOf(faults, 'to')}
                    tight
                  />
                  <Button variant="quiet">{t('one-forms-hand')}</Button>
                </Form>
              )
            )}
          </div>
        ))}
      </Stack>
    </Pane>
  )
}

/** Keys of programs they made, which outlive them until they are revoked. */
export function MadeKeys({ keys }: { keys: readonly ApiKey[] }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <Pane
      id="keys"
      title={t('one-keys-made')}
      icon="link"
      footer={<a href={page.url(addresses.manageKeys)}>{t('one-keys-open')}</a>}
    >
      <ul className="lines">
        {keys.map(key => (
          <li key={key.id}>
            <bdi>{key.name}</bdi> {key.revokedAt && <Tag>{t('one-keys-revoked')}</Tag>}{' '}
            <small className="mut">{shortDate(key.createdAt, page)}</small>
          </li>
        ))}
      </ul>
    </Pane>
  )
}
