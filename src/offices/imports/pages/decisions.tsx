import { addresses } from '../../../lib/addresses.ts'
import { isolate } from '../../../lib/arabic.ts'
import { BadRequest, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { formatPhone } from '../../../lib/phone.ts'
import {
  Button,
  ChoiceField,
  Crumbs,
  Empty,
  FilterBar,
  Form,
  faultOf,
  Head,
  type Option,
  Pager,
  Pane,
  Row,
  Stack,
  StaffLayout,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { choices, type Question, type Source } from '../model.ts'
import { decide, decideAll, openCounts, openQuestions } from '../questions.ts'
import { sourceKeys } from '../sealed.ts'
import { getSource } from '../sources.ts'
import { importsText, importsTexts } from '../strings.ts'
import { reasonWord } from './words.ts'

const pageSize = 20

type View = {
  source: Source
  questions: Question[]
  counts: Map<string, number>
  reason: string | undefined
  more: boolean
}

/** GET: what must be decided before rows of a source can be written, with who it may be. */
export async function showDecisions(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const id = idParam(call, 'source')
  const view = await read(call, async (tx): Promise<View> => {
    const keys = sourceKeys(call.house.crypto, call.town.id, id)
    const counts = await openCounts(tx, id)
    const reason = [...counts.keys()].find(each => each === (call.query.reason ?? typedText(call, 'reason')))
    const questions = await openQuestions(tx, keys, id, { reason, limit: pageSize + 1 })
    const shown = questions.slice(0, pageSize)
    const seen = { subjectKind: 'import-source', subjectId: id, cause: importsText('ar', 'decisions-title') }
    for (const personId of new Set(shown.flatMap(each => each.candidates.flatMap(of => of.personId ?? []))))
      await lookInto(call, tx, { personId, ...seen }, { kind: 'task' })
    return {
      source: await getSource(tx, { id }),
      questions: shown,
      counts,
      reason,
      more: questions.length > pageSize,
    }
  })
  const title = importsText(call.locale, 'decisions-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs
        links={[{ label: view.source.name, href: url(call, addresses.importSource, { source: id }) }]}
      />
      <Head title={title} sub={importsText(call.locale, 'decisions-sub')} />
      {view.questions.length === 0 ? (
        <Empty title={importsText(call.locale, 'decisions-none')} level={2}>
          {importsText(call.locale, 'decisions-none-next')}
        </Empty>
      ) : (
        <Questions view={view} faults={faults} />
      )}
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** The field of a question: several stand on one page. */
const choiceOf = (questionId: string) => `choice-${questionId}`

/** POST: keeps one decision, or one for all questions of a reason. */
export async function saveDecision(call: Call): Promise<Response> {
  const sourceId = idParam(call, 'source')
  const by = actorKey(call.visitor.actor)
  const reason = typedText(call, 'reason')
  const back = url(call, addresses.importDecisions, { source: sourceId }, reason ? { reason } : {})
  const all = typedText(call, 'all')
  if (all === 'person' || all === 'new') {
    let count = 0
    const answer = await write(call, async tx => {
      await getSource(tx, { id: sourceId })
      count = await decideAll(tx, { sourceId, reason, choice: all }, by)
      return { redirect: url(call, addresses.importDecisions, { source: sourceId }) }
    })
    flash(call, { text: importsText(call.locale, 'decide-all-done', { count }) })
    return answer
  }
  const questionId = typedText(call, 'question')
  if (!isId(questionId)) throw new BadRequest('not-a-question')
  const field = choiceOf(questionId)
  const [name, candidate] = typedText(call, field).split('-')
  const choice = choices.find(each => each === name)
  if (!choice) return showDecisions(call, [{ field, code: 'choice-missing' }])
  const answer = await write(call, async tx => {
    await decide(
      tx,
      { questionId, sourceId, choice, candidate: candidate === undefined ? undefined : Number(candidate) },
      by,
    )
    return { redirect: back }
  })
  flash(call, { text: importsText(call.locale, 'decided') })
  return answer
}

function Questions({ view, faults }: { view: View; faults: readonly Fault[] }) {
  const t = useTexts(importsTexts)
  const { locale, url: to } = usePage()
  const { source, counts, reason, more, questions } = view
  const here = (of?: string) => to(addresses.importDecisions, { source: source.id }, of ? { reason: of } : {})
  return (
    <Stack>
      <FilterBar
        label={t('reason')}
        chips={[...counts].map(([each, count]) => ({
          label: reasonWord(locale, each),
          href: here(each === reason ? undefined : each),
          count,
          on: each === reason,
        }))}
      />
      {reason && reason !== 'paid-here' && <All source={source} reason={reason} />}
      {questions.map(question => (
        <Ask key={question.id} question={question} source={source} reason={reason} faults={faults} />
      ))}
      {more && <Pager next={here(reason)} />}
    </Stack>
  )
}

function All({ source, reason }: { source: Source; reason: string }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  return (
    <Pane id="all" title={t('decide-all-title')} icon="users">
      <Form action={page.url(addresses.importDecisions, { source: source.id })} hidden={{ reason }}>
        <Row>
          <Button variant="quiet" name="all" value="person">
            {t('decide-all-person')}
          </Button>
          <Button variant="quiet" name="all" value="new">
            {t('decide-all-new')}
          </Button>
        </Row>
      </Form>
    </Pane>
  )
}

function Ask({
  question,
  source,
  reason,
  faults,
}: {
  question: Question
  source: Source
  reason: string | undefined
  faults: readonly Fault[]
}) {
  const t = useTexts(importsTexts)
  const page = usePage()
  const { told } = question
  const facts = [
    t('told-by', { row: told.rowNo }),
    told.id && t('told-id', { id: told.id }),
    told.mother && t('told-mother', { mother: told.mother }),
    told.birth && t('told-birth', { birth: told.birth }),
    told.phone && t('told-phone', { phone: isolate(formatPhone(told.phone).replaceAll(' ', '\u00a0')) }),
    told.money && t('told-money', told.money),
  ].filter(Boolean)
  return (
    <Pane
      id={`q-${question.id}`}
      title={told.name || told.id || t('value-none')}
      icon="user"
      end={reasonWord(page.locale, question.reason)}
    >
      <Stack gap="small">
        <p className="sm mut">{facts.join(' · ')}</p>
        <Form
          action={page.url(addresses.importDecisions, { source: source.id })}
          hidden={{ question: question.id, reason }}
        >
          <ChoiceField
            name={choiceOf(question.id)}
            label={t('decisions-title')}
            fault={faultOf(faults, choiceOf(question.id))}
            labelHidden
            options={useOptions(question)}
          />
          <Button variant="quiet" icon="check">
            {t('decide')}
          </Button>
        </Form>
      </Stack>
    </Pane>
  )
}

function useOptions(question: Question): Option[] {
  const t = useTexts(importsTexts)
  const { locale } = usePage()
  const leave = { value: 'leave', label: t('choice-leave') }
  if (question.kind === 'paid-here')
    return [
      { value: 'includes', label: t('choice-includes'), hint: t('choice-includes-hint') },
      { value: 'excludes', label: t('choice-excludes'), hint: t('choice-excludes-hint') },
      leave,
    ]
  return [
    ...question.candidates.map(({ name, personId, reason }, at): Option => {
      const because = reasonWord(locale, reason)
      return {
        value: `person-${at}`,
        label: personId
          ? t('choice-person', { name })
          : name === ''
            ? t('choice-other-same-number')
            : t('choice-other', { name }),
        hint: t(personId ? 'choice-person-hint' : 'choice-other-hint', { reason: because }),
      }
    }),
    {
      value: 'new',
      label: t('choice-new'),
      ...(question.reason === 'same-id-other-name' && { hint: t('choice-new-number') }),
    },
    leave,
  ]
}
