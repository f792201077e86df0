import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  DateText,
  Flag,
  Form,
  Head,
  Note,
  Pane,
  PersonName,
  Row,
  Stack,
  StaffLayout,
  Table,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { orFaults } from '../../../web/refused.ts'
import { staffById, todayOf } from '../../people/index.ts'
import { fates, inForce, isKind, type Kind, kinds, type Rule, scoped } from '../model.ts'
import { type NewRule, reviewRule, rulesOf, writeRule } from '../rules.ts'
import { destructionText, destructionTexts } from '../strings.ts'
import { dayIn, staffIn, words } from './read.ts'
import { RuleForm } from './rule-form.tsx'
import { kindText, type Names, nameOf, RecordTabs, termText } from './words.tsx'

type View = {
  force: Rule[]
  later: Rule[]
  waiting: Rule[]
  names: Names
  me: string
  mayWrite: boolean
  mayReview: boolean
  mayHold: boolean
  faults: readonly Fault[]
  typed: (name: string) => string
}

/** GET: the rules in force for every kind, and those that wait for another. */
export async function showRetention(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const view = await read(call, async tx => {
    const all = await rulesOf(tx)
    const today = await todayOf(tx)
    return {
      force: inForce(all, today),
      later: all.filter(each => each.accepted && each.from > today),
      waiting: all.filter(each => each.accepted === undefined),
      names: await staffById(
        tx,
        all.map(each => each.writtenBy),
      ),
    }
  })
  const { actor } = call.visitor
  const rights = {
    mayWrite: may(actor, 'retention.write'),
    mayReview: may(actor, 'retention.review'),
    mayHold: may(actor, 'destruction.hold'),
  }
  const more = { me: staffIn(call).id, faults, typed: (name: string) => typedText(call, name) }
  const title = destructionText(call.locale, 'retention')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <RetentionPage {...view} {...rights} {...more} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: a rule, which another adopts. */
export async function sendRule(call: Call): Promise<Response> {
  const { rule, faults } = readRule(call)
  if (!rule) return showRetention(call, faults)
  const done = await orFaults('kind', () =>
    write(call, async tx => {
      await writeRule(tx, rule, staffIn(call))
      return { redirect: url(call, addresses.retention) }
    }),
  )
  if (!done.answer) return showRetention(call, done.faults)
  flash(call, { text: destructionText(call.locale, 'rule-sent'), tone: 'info' })
  return done.answer
}

function readRule(call: Call): { rule?: NewRule; faults: Fault[] } {
  const kind = typedText(call, 'kind')
  const scope = words(call, 'scope', 60)
  const source = words(call, 'source')
  const from = dayIn(call, 'from')
  const ever = typedText(call, 'ever') === 'keep'
  const years = wholeOf(toWesternDigits(typedText(call, 'for')).trim())
  const unit = typedText(call, 'unit') === 'day' ? 'day' : 'year'
  const faults: Fault[] = []
  if (!isKind(kind)) faults.push({ field: 'kind', code: 'not-an-option' })
  else if (scope !== '' && (!scoped.includes(kind) || !/^[\p{L}\p{N}-]+$/u.test(scope)))
    faults.push({ field: 'scope', code: 'scope-wrong' })
  if (!ever && (years < 1 || years > (unit === 'day' ? 40_000 : 150)))
    faults.push({ field: 'for', code: 'term-wrong' })
  if (source === '') faults.push({ field: 'source', code: 'required' })
  if (from === 'bad' || from === 'missing') faults.push({ field: 'from', code: 'not-a-date' })
  if (faults.length > 0 || !isKind(kind)) return { faults }
  const term = ever ? undefined : ({ for: years, unit } as const)
  const confirmed = typedText(call, 'confirmed') === 'yes'
  return { rule: { kind, scope, source, from, term, confirmed }, faults }
}

/** POST: adopts a rule or returns it. */
export async function decideRule(call: Call): Promise<Response> {
  const accept = typedText(call, 'do') === 'accept'
  const done = await orFaults('note', () =>
    write(call, async tx => {
      await reviewRule(tx, { id: idParam(call, 'rule'), accept, note: words(call, 'note') }, staffIn(call))
      return { redirect: url(call, addresses.retention) }
    }),
  )
  if (!done.answer) return showRetention(call, done.faults)
  flash(call, { text: destructionText(call.locale, accept ? 'rule-accepted' : 'rule-returned') })
  return done.answer
}

function RetentionPage(view: View) {
  const t = useTexts(destructionTexts)
  return (
    <>
      <RecordTabs here="retention" mayHold={view.mayHold} />
      <Head title={t('retention')} sub={t('retention-sub')} />
      <Zones kind="wide">
        <Stack>
          <InForce {...view} />
        </Stack>
        <Stack>
          {view.waiting.length > 0 && <Waiting {...view} />}
          {view.mayWrite && <RuleForm typed={view.typed} faults={view.faults} />}
        </Stack>
      </Zones>
    </>
  )
}

type Line = { kind: Kind; rule: Rule | undefined; isLater?: boolean }

function InForce({ force, later }: View) {
  const t = useTexts(destructionTexts)
  const { locale } = usePage()
  const lines: Line[] = [
    ...kinds.flatMap((kind): Line[] => {
      const own = force.filter(each => each.kind === kind).sort((a, b) => (a.scope < b.scope ? -1 : 1))
      return own.length > 0 ? own.map(rule => ({ kind, rule })) : [{ kind, rule: undefined }]
    }),
    ...later.map(rule => ({ kind: rule.kind, rule, isLater: true })),
  ]
  const columns: Column<Line>[] = [
    {
      id: 'kind',
      head: t('rule-of'),
      heads: true,
      phone: 'line' as const,
      cell: ({ kind, rule }) => <strong>{kindText(locale, rule ?? { kind, scope: '' })}</strong>,
    },
    {
      id: 'term',
      head: t('rule-term'),
      tight: true,
      cell: ({ rule }) =>
        rule ? termText(locale, rule.term) : <span className="mut">{t('rule-none')}</span>,
    },
    {
      id: 'fate',
      head: t('rule-fate'),
      phone: 'line' as const,
      cell: ({ kind, rule }) => (rule?.term ? t(`fate-${fates[kind]}`) : null),
    },
    {
      id: 'source',
      head: t('rule-source'),
      phone: 'line' as const,
      dim: true,
      cell: ({ rule }) =>
        rule && (
          <>
            <bdi>{rule.source}</bdi> · {t('rule-from')} <DateText value={rule.from} form="paper" />
          </>
        ),
    },
    {
      id: 'state',
      head: t('rule-state'),
      phone: 'line' as const,
      cell: line => <RuleFlag {...line} />,
    },
  ]
  return (
    <Pane id="rules" title={t('retention')} icon="scale" pad={false}>
      <Table
        caption={t('retention')}
        columns={columns}
        rows={lines}
        rowId={({ kind, rule }) => rule?.id ?? kind}
      />
    </Pane>
  )
}

function RuleFlag({ rule, isLater }: Line) {
  const t = useTexts(destructionTexts)
  if (!rule) return null
  if (isLater) return <Flag icon="clock">{t('rule-later')}</Flag>
  return rule.confirmed ? (
    <Flag icon="ok" tone="olive">
      {t('rule-confirmed')}
    </Flag>
  ) : (
    <Flag icon="warn" tone="honey">
      {t('rule-unverified')}
    </Flag>
  )
}

function Waiting({ waiting, names, me, mayReview, faults }: View) {
  const t = useTexts(destructionTexts)
  const { locale, url } = usePage()
  return (
    <Pane id="waiting" title={t('rules-waiting')} icon="users">
      <Stack>
        {waiting.map(rule => (
          <div key={rule.id}>
            <p>
              <strong>{kindText(locale, rule)}</strong>: {termText(locale, rule.term)} ·{' '}
              <bdi>{rule.source}</bdi>
              <br />
              <small className="mut">
                <PersonName>{nameOf(names, rule.writtenBy, locale)}</PersonName> ·{' '}
                <DateText value={rule.writtenAt} /> · {t('rule-from')}{' '}
                <DateText value={rule.from} form="paper" />
              </small>
            </p>
            <RuleFlag kind={rule.kind} rule={rule} />
            {rule.writtenBy === me && (
              <Note tone="honey" icon="lock" small>
                {t('rule-own')}
              </Note>
            )}
            {mayReview && rule.writtenBy !== me && (
              <Form action={url(addresses.retentionReview, { rule: rule.id })}>
                <TextField
                  name="note"
                  label={t('f-note')}
                  optional
                  maxLength={300}
                  fault={faults.find(each => each.field === 'note')}
                />
                <Row>
                  <Button name="do" value="accept">
                    {t('rule-accept')}
                  </Button>
                  <Button name="do" value="return" variant="stop">
                    {t('rule-return')}
                  </Button>
                </Row>
              </Form>
            )}
          </div>
        ))}
      </Stack>
    </Pane>
  )
}
