import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  DateText,
  Figures,
  Form,
  KeyValues,
  Note,
  Num,
  type Pair,
  Pane,
  Progress,
  SelectField,
  SmsBubble,
  Stack,
  Table,
  usePage,
} from '../../../ui/index.ts'
import { useLocalized, useTexts } from '../../../ui/words.ts'
import { billText, sampleOwed } from '../bill.ts'
import { type Bulletin, type Counts, mostBadLines } from '../model.ts'
import { bulletinTexts } from '../strings.ts'
import type { View } from './bulletin.tsx'
import { costOf } from './words.tsx'

/** How far the gathering of its list is. People are not counted before they are walked, so the bar tells the part of the work, not of people. */
export function CountingPane({ bulletin: { gathered, counts } }: { bulletin: Bulletin }) {
  const t = useTexts(bulletinTexts)
  const share = { clear: 0.05, file: 0.2, people: 0.5, numbers: 0.8, ready: 1 }[gathered.phase]
  return (
    <Pane id="counting" title={t('list-pane')} icon="users">
      <Progress share={share}>{t('counting', { count: counts.recipients })}</Progress>
    </Pane>
  )
}

const leftOut = [
  ['count-folded', 'folded'],
  ['count-no-phone', 'noPhone'],
  ['count-opted-out', 'optedOut'],
  ['count-asleep', 'asleep'],
] as const satisfies readonly (readonly [string, keyof Counts])[]

/** How many it reaches, what that costs, and who is not reached and why. */
export function ListPane({ view: { bulletin, tariff } }: { view: View }) {
  const t = useTexts(bulletinTexts)
  const { locale } = usePage()
  const { counts, partsEach, kind } = bulletin
  const parts = Math.ceil((counts.recipients - counts.portal) * (partsEach ?? 1))
  const cost = costOf(locale, tariff, parts)
  const shown = kind === 'bill' && cost ? t('count-cost-about', { cost }) : cost
  const out = leftOut.filter(([, key]) => counts[key] > 0)
  const pairs: Pair[] = [
    { term: t('count-people'), value: <Num>{counts.people}</Num> },
    ...out.map(([word, key]) => ({ term: t(word), value: <Num>{counts[key]}</Num> })),
    ...(counts.portal > 0 ? [{ term: t('count-portal'), value: <Num>{counts.portal}</Num> }] : []),
    ...(bulletin.file ? [{ term: t('count-numbers'), value: <Num>{counts.numbers}</Num> }] : []),
    ...(counts.doubledLines > 0
      ? [{ term: t('count-doubled'), value: <Num>{counts.doubledLines}</Num> }]
      : []),
  ]
  return (
    <Pane id="list" title={t('list-pane')} icon="users">
      <Stack>
        <Figures
          figures={[
            {
              label: t('count-recipients'),
              value: <Num>{counts.recipients}</Num>,
              alarm: counts.recipients === 0,
            },
            {
              label: t('count-cost'),
              value: shown ?? t('count-cost-note', { parts }),
              note: shown ? t('count-cost-note', { parts }) : t('count-cost-none'),
            },
            {
              label: t('count-left-out'),
              value: <Num>{out.reduce((sum, [, key]) => sum + counts[key], 0)}</Num>,
            },
          ]}
        />
        {counts.recipients === 0 && <Note tone="honey">{t('nobody')}</Note>}
        <KeyValues pairs={pairs} />
      </Stack>
    </Pane>
  )
}

/** The words as they arrive; those of a bill with figures of an example. */
export function TextPane({ bulletin: { body, kind } }: { bulletin: Bulletin }) {
  const t = useTexts(bulletinTexts)
  return (
    <Pane id="text" title={t('text-pane')} icon="chat">
      <SmsBubble text={kind === 'bill' ? billText(body, sampleOwed) : body} />
    </Pane>
  )
}

/** Who wrote it, who let it go, and its terms. */
export function FactsPane({ view: { bulletin, staff } }: { view: View }) {
  const t = useTexts(bulletinTexts)
  const inWords = useLocalized()
  const who = (id: string) => {
    const member = staff.get(id)
    return member ? inWords(member.name) : ''
  }
  const act = (term: string, done: { by: string | undefined; at: Date } | undefined): Pair[] =>
    done?.by
      ? [
          {
            term,
            value: (
              <>
                {who(done.by)}{' '}
                <span className="dim sm">
                  <DateText value={done.at} form="moment" />
                </span>
              </>
            ),
          },
        ]
      : []
  const { dailyParts } = bulletin
  return (
    <Pane id="facts" title={t('facts-pane')} icon="info">
      <KeyValues
        pairs={[
          { term: t('fact-kind'), value: t(`kind-${bulletin.kind}`) },
          { term: t('fact-expires'), value: t('days', { count: bulletin.expiresDays }) },
          ...(dailyParts === undefined
            ? []
            : [{ term: t('fact-daily'), value: t('fact-daily-value', { count: dailyParts }) }]),
          ...act(t('fact-writer'), { by: bulletin.writers[0], at: bulletin.createdAt }),
          ...act(t('fact-asked'), bulletin.asked),
          ...act(t('fact-decided'), bulletin.decided),
          ...act(t('fact-ended'), bulletin.ended),
        ]}
      />
    </Pane>
  )
}

const reasons = ['phone-missing', 'phone-malformed', 'rest-unread'] as const

/** Which column of its file holds the numbers, and the lines that hold none. */
export function FilePanes({ view: { bulletin, bad, can } }: { view: View }) {
  const t = useTexts(bulletinTexts)
  const page = usePage()
  const { file, state, counts } = bulletin
  if (!file) return null
  return (
    <>
      {can.write && state === 'counted' && file.columns.length > 1 && (
        <Pane id="column" title={t('column-pane')} icon="doc">
          <Form action={page.url(addresses.bulletinColumn, { bulletin: bulletin.id })}>
            <SelectField
              name="column"
              label={t('field-column')}
              hint={file.name}
              value={file.column}
              options={file.columns.map(value => ({ value, label: value }))}
            />
            <Button variant="quiet">{t('column-save')}</Button>
          </Form>
        </Pane>
      )}
      {bad.length > 0 && (
        <Pane id="bad" title={t('bad-pane')} icon="gap" pad={false} aside={<Num>{counts.badLines}</Num>}>
          <Table
            caption={t('bad-pane')}
            rows={bad}
            rowId={({ line }) => String(line)}
            columns={[
              { id: 'line', head: t('bad-line'), heads: true, cell: ({ line }) => <Num>{line}</Num> },
              { id: 'told', head: t('bad-told'), cell: ({ told }) => <bdi>{told}</bdi> },
              {
                id: 'why',
                head: t('bad-why'),
                phone: 'line' as const,
                cell: ({ reason }) => t(`bad-${reasons.find(each => each === reason) ?? 'phone-malformed'}`),
              },
            ]}
          />
          {counts.badLines > bad.length && (
            <p className="sm mut pad">{t('bad-more', { count: Math.min(bad.length, mostBadLines) })}</p>
          )}
        </Pane>
      )}
    </>
  )
}
