import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  type Column,
  DateText,
  Form,
  Num,
  Pane,
  SelectField,
  SentenceLine,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { ServiceVersion } from '../../catalogue/index.ts'
import { designerTexts } from '../strings.ts'
import type { ServiceView } from './load.ts'

/** Every version of a service, with what changed from one to the next, and its text. */
export function Versions({ view: { code, versions } }: { view: ServiceView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const before = (version: number) => versions.find(each => each.version < version)?.version
  const columns: Column<ServiceVersion>[] = [
    { id: 'version', head: t('version'), heads: true, tight: true, cell: row => <Num>{row.version}</Num> },
    { id: 'from', head: t('from-day'), cell: row => <DateText value={row.publishedAt} form="plain" /> },
    {
      id: 'base',
      head: t('whence'),
      dim: true,
      phone: 'line' as const,
      cell: row =>
        row.baseVersion === undefined ? t('as-came') : t('of-town', { version: row.baseVersion }),
    },
    {
      id: 'compare',
      head: t('compare'),
      phone: 'line' as const,
      cell: row => {
        const from = before(row.version)
        return (
          from !== undefined && (
            <a href={page.url(addresses.designerCompare, { code }, { from, to: row.version })}>
              {t('compare-with', { version: from })}
            </a>
          )
        )
      },
    },
    {
      id: 'text',
      head: t('export'),
      phone: 'line' as const,
      cell: row => (
        <a href={page.url(addresses.designerVersionText, { code, version: row.version })}>
          <span className="vh">{t('export-what', { version: row.version })}</span>
          <span aria-hidden="true">{t('export')}</span>
        </a>
      ),
    },
  ]
  return (
    <Pane id="versions" title={t('versions-title')} icon="list" pad={false}>
      <Table
        caption={t('versions-title')}
        columns={columns}
        rows={versions}
        rowId={row => String(row.version)}
      />
      {versions.length > 2 && <CompareAny code={code} versions={versions} />}
    </Pane>
  )
}

/** Any two of them. */
function CompareAny({ code, versions }: { code: string; versions: ServiceVersion[] }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: `${t('version')} ${version}`,
  }))
  return (
    <div className="pad">
      <Form action={page.url(addresses.designerCompare, { code })} method="get" label={t('compare')}>
        <SentenceLine>
          <SelectField
            name="from"
            label={t('compare-from')}
            value={String(versions[1]?.version ?? '')}
            options={options}
            tight
          />
          <SelectField
            name="to"
            label={t('compare-to')}
            value={String(versions[0]?.version ?? '')}
            options={options}
            tight
          />
          <Button variant="quiet">{t('compare-do')}</Button>
        </SentenceLine>
      </Form>
    </div>
  )
}
