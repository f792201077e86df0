import { addresses } from '../../../../lib/addresses.ts'
import {
  Crumbs,
  Head,
  LinkButton,
  Note,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { actTexts, isActKey } from '../request/strings.ts'
import { staffTexts } from '../strings.ts'

/** One of the tasks something was done to, or why not. */
export type BulkLine = {
  taskId: string
  requestId: string
  number: string
  person: string
  refusal: string | undefined
}

/** What went and what did not, and why: nobody has to guess which of thirty stayed. */
export function BulkReport({ title, lines, box }: { title: string; lines: BulkLine[]; box: string }) {
  const t = useTexts(staffTexts)
  const act = useTexts(actTexts)
  const { url } = usePage()
  const refused = lines.filter(({ refusal }) => refusal !== undefined)
  const back = url(addresses.inbox, {}, { box: box === 'mine' ? undefined : box })
  const why = (code: string) => {
    const key = `refused-${code}`
    return act(isActKey(key) ? key : 'refused-not-available')
  }
  return (
    <StaffLayout title={title}>
      <Crumbs links={[{ label: t('inbox-title'), href: back }]} />
      <Head
        title={title}
        actions={
          <LinkButton href={back} icon="list" hotkey="Escape">
            {t('bulk-back')}
          </LinkButton>
        }
      />
      <Stack>
        <Note tone={refused.length === 0 ? 'olive' : 'honey'}>
          {t('bulk-done', { count: lines.length - refused.length })}
          {refused.length > 0 && ` ${t('bulk-refused', { count: refused.length })}`}
        </Note>
        <Table
          caption={title}
          rows={[...refused, ...lines.filter(({ refusal }) => refusal === undefined)]}
          rowId={({ taskId }) => taskId}
          columns={[
            {
              id: 'number',
              head: t('col-request'),
              tight: true,
              cell: ({ number, requestId }) => (
                <a href={url(addresses.officeRequest, { id: requestId })}>
                  <bdi className="n" dir="ltr">
                    {number}
                  </bdi>
                </a>
              ),
            },
            { id: 'person', head: t('col-person'), cell: ({ person }) => <PersonName>{person}</PersonName> },
            {
              id: 'what',
              head: t('bulk-what'),
              phone: 'line',
              cell: ({ refusal }) => (refusal === undefined ? t('bulk-went') : why(refusal)),
            },
          ]}
        />
      </Stack>
    </StaffLayout>
  )
}
