import { type MessageKind, messageKinds } from '../../../kernel/messages/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  type Chip,
  DateField,
  Empty,
  FilterBar,
  Form,
  Head,
  LinkButton,
  Note,
  Pager,
  Pane,
  Row,
  SelectField,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { aside, type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { record } from '../../audit/index.ts'
import { passRows } from '../../looks/index.ts'
import { findMessages } from '../proof/find.ts'
import { type MessageLine, stateGroups } from '../proof/model.ts'
import { proofText, proofTexts } from '../proof/strings.ts'
import { countTroubles } from '../proof/trouble.ts'
import { type Asked, askedOf, filterOf } from './asked.ts'
import { finderOf, type Lent } from './finder.ts'
import { MessageTable } from './line-table.tsx'
import { MessageTabs } from './tabs.tsx'
import { kindWords, templateWords } from './words.tsx'

const pageSize = 30

/** GET: what was said, by request, telephone, name, state, kind, words and day; the latest first. */
export async function showList(call: Call, lent: Lent): Promise<Response> {
  const asked = askedOf(call.query)
  const { filter, wrongDay } = filterOf(asked)
  const { lines, counts } = await read(call, async tx => ({
    lines: await findMessages(tx, finderOf(call, lent), filter, pageSize + 1),
    counts: await countTroubles(tx),
  }))
  await passRows(call, Math.min(lines.length, pageSize))
  if (asked.q.trim() !== '' && lines.length > 0) await noteSearch(call, asked.q, lines.length)
  const title = proofText(call.locale, 'list-title')
  const trouble = counts.failed + counts.unaddressed + counts.uncertain
  return showPage(
    call,
    <StaffLayout title={title}>
      <MessageTabs call={call} current="list" counts={{ trouble, post: counts.post }} />
      <List call={call} asked={asked} wrongDay={wrongDay} lines={lines} />
    </StaffLayout>,
  )
}

/** Looking for people is written down, with the words: leafing through what they were told leaves a trace. */
function noteSearch(call: Call, text: string, found: number): Promise<void> {
  const { actor } = call.visitor
  return aside(call, tx =>
    record(tx, {
      actor: {
        ...actorKey(actor),
        office: actor.kind === 'staff' ? actor.appointments[0]?.office : undefined,
      },
      act: 'messaging.searched',
      subjectKind: 'search',
      subjectId: String(found),
      personal: { text },
    }),
  )
}

function List({
  call,
  asked,
  wrongDay,
  lines,
}: {
  call: Call
  asked: Asked
  wrongDay: boolean
  lines: MessageLine[]
}) {
  const t = useTexts(proofTexts)
  const page = usePage()
  const to = (change: Partial<Asked>) =>
    page.url(addresses.messages, {}, nonEmpty({ ...asked, after: '', ...change }))
  const groups: Chip[] = [
    { label: t('group-all'), href: to({ group: '' }), on: asked.group === '' },
    ...(Object.keys(stateGroups) as (keyof typeof stateGroups)[]).map(group => ({
      label: t(`group-${group}`),
      href: to({ group }),
      on: asked.group === group,
    })),
  ]
  const last = lines.length > pageSize ? lines[pageSize - 1] : undefined
  return (
    <>
      <Head
        title={t('list-title')}
        sub={t('list-sub')}
        actions={
          <LinkButton
            href={page.url(addresses.messagesExport, {}, nonEmpty({ ...asked, after: '' }))}
            variant="quiet"
            icon="dl"
          >
            {t('export')}
          </LinkButton>
        }
      />
      <Stack>
        <Search call={call} asked={asked} clear={page.url(addresses.messages)} />
        {asked.template && (
          <p className="sm">
            {t('find-template')}: <b>{templateWords(call.locale, asked.template)}</b>
          </p>
        )}
        {wrongDay && <Note tone="honey">{t('find-day-wrong')}</Note>}
        <FilterBar chips={groups} label={t('states')} />
        {lines.length === 0 ? (
          <Empty title={t('list-none')} level={2}>
            {t('list-none-why')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <MessageTable call={call} caption={t('list-title')} lines={lines.slice(0, pageSize)} />
          </Pane>
        )}
        <Pager
          previous={asked.after ? to({}) : undefined}
          next={last && to({ after: `${last.plannedAt.toISOString()}~${last.id}` })}
        />
      </Stack>
    </>
  )
}

export const nonEmpty = (asked: Asked): Partial<Asked> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))

function Search({ call, asked, clear }: { call: Call; asked: Asked; clear: string }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const kinds = messageKinds.filter((kind): kind is MessageKind => kind !== 'code')
  const asks = [asked.q, asked.kind, asked.template, asked.from, asked.to].some(text => text !== '')
  return (
    <Form
      action={url(addresses.messages)}
      method="get"
      label={t('find-label')}
      hidden={{ group: asked.group || undefined, template: asked.template || undefined }}
    >
      <Row>
        <TextField name="q" label={t('find-text')} value={asked.q} tight />
        <SelectField
          name="kind"
          label={t('find-kind')}
          none={t('find-any')}
          value={asked.kind}
          options={kinds.map(kind => ({ value: kind, label: kindWords(call.locale, kind) }))}
          tight
        />
        <DateField name="from" label={t('find-from')} hint="" value={asked.from} tight />
        <DateField name="to" label={t('find-to')} hint="" value={asked.to} tight />
        <Button variant="quiet" icon="search">
          {t('find')}
        </Button>
        {asks && (
          <LinkButton href={clear} variant="plain">
            {t('find-clear')}
          </LinkButton>
        )}
      </Row>
    </Form>
  )
}
