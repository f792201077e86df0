import { addresses } from '../../../lib/addresses.ts'
import { Forbidden } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import {
  CitizenLayout,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Head,
  LinkButton,
  Pager,
  Pane,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type LookAt, looksAt } from '../../audit/index.ts'
import { lookRules } from '../../looks/index.ts'
import { Looker } from '../looker.tsx'
import { oversightText, oversightTexts } from '../strings.ts'
import { Why } from '../why.tsx'

const perPage = 30

/** Grounds one can ask for alone; those nobody has are no filter. */
const filters = ['reason', 'task', 'visit', 'inspection', 'partner', 'release', 'act'] as const
type Filter = (typeof filters)[number]
const filterOf = (text: string | undefined): Filter | undefined => filters.find(each => each === text)

/** Who the citizen is whose page it is. */
export function selfOf(call: Call): string {
  const { actor } = call.visitor
  if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  return actor.personId
}

/** GET: every look at the citizen's data: when, which office, by whom, for which request or reason. */
export async function showMyLooks(call: Call): Promise<Response> {
  const personId = selfOf(call)
  const before = isId(call.query.before ?? '') ? call.query.before : undefined
  const by = filterOf(call.query.by)
  const { looks, name } = await read(call, async tx => ({
    looks: await looksAt(tx, personId, { limit: perPage + 1, before, by }),
    name: (await lookRules(tx)).name,
  }))
  const title = oversightText(call.locale, 'title')
  return showPage(
    call,
    <CitizenLayout title={title} unlisted>
      <LooksPage looks={looks} before={before} by={by} name={name} />
    </CitizenLayout>,
  )
}

function LooksPage(props: {
  looks: LookAt[]
  before: string | undefined
  by: Filter | undefined
  name: 'role' | 'name'
}) {
  const { looks, before, by, name } = props
  const t = useTexts(oversightTexts)
  const { url } = usePage()
  const shown = looks.slice(0, perPage)
  const last = shown.at(-1)
  const here = (query: Record<string, string | undefined>) => url(addresses.myLooks, {}, { by, ...query })
  const next = looks.length > perPage && last ? here({ before: last.auditId }) : undefined
  return (
    <>
      <Head
        title={t('title')}
        sub={t('lead')}
        actions={
          <LinkButton href={url(addresses.myUsages)} variant="plain" icon="dl" download>
            {t('download')}
          </LinkButton>
        }
      />
      <FilterBar
        label={t('filter')}
        chips={[
          { label: t('filter-all'), href: here({ by: undefined }), on: by === undefined },
          ...filters.map(each => ({ label: t(`by-${each}`), href: here({ by: each }), on: by === each })),
        ]}
      />
      {shown.length === 0 ? (
        <Empty level={2} title={t('none')}>
          {t('none-text')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('title')}
            rows={shown}
            rowId={look => look.auditId}
            columns={[
              {
                id: 'who',
                head: t('who'),
                heads: true,
                phone: 'line',
                cell: look => <Looker who={look.who} name={name} />,
              },
              { id: 'why', head: t('why'), cell: look => <Why look={look} /> },
              {
                id: 'when',
                head: t('when'),
                dim: true,
                tight: true,
                cell: look => <DateText value={look.at} form="moment" />,
              },
              { id: 'ask', head: t('ask'), tight: true, cell: look => <Ask look={look} /> },
            ]}
          />
        </Pane>
      )}
      <Pager previous={before ? here({}) : undefined} next={next} />
    </>
  )
}

/** The question about a look, or where it stands. */
function Ask({ look }: { look: LookAt }) {
  const t = useTexts(oversightTexts)
  const { url } = usePage()
  const href = url(addresses.myLookQuestion, { look: look.auditId })
  const { question } = look
  if (!question) return look.who.kind === 'system' ? null : <a href={href}>{t('ask-why')}</a>
  return (
    <a href={href}>
      <Flag
        icon={question.answered ? 'ok' : 'clock'}
        tone={question.found === 'unjustified' ? 'sumac' : question.answered ? 'olive' : 'honey'}
      >
        {t(question.found ? `found-${question.found}` : 'asked')}
      </Flag>
    </a>
  )
}
