import { addresses } from '../../../lib/addresses.ts'
import { stripControls } from '../../../lib/arabic.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, Forbidden } from '../../../lib/errors.ts'
import { tooFewWords } from '../../../lib/ready.ts'
import {
  Button,
  ChoiceField,
  Crumbs,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Form,
  faultOf,
  Head,
  LongTextField,
  Note,
  Pane,
  PersonName,
  Read,
  Stack,
  StaffLayout,
  Table,
  Thread,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type LookAt, looksAt } from '../../audit/index.ts'
import { getPeople, type StaffMember, staffById } from '../../people/index.ts'
import { Looker } from '../looker.tsx'
import {
  answerQuestion,
  getQuestion,
  type LookQuestion,
  type QuestionWord,
  questionsFor,
  wordsOfQuestion,
} from '../questions.ts'
import { oversightText, oversightTexts } from '../strings.ts'
import { Why } from '../why.tsx'
import { LookTabs } from './tabs.tsx'

const most = 100
type Line = LookQuestion & { person: string; looker: StaffMember | undefined; late: boolean }

/** GET: «why did you look?» as it was asked: what waits, the first due first; late ones say so. */
export async function showQuestions(call: Call): Promise<Response> {
  const which = call.query.answered === 'yes' ? 'answered' : 'open'
  const lines = await read(call, async (tx): Promise<Line[]> => {
    const found = await questionsFor(tx, which, most)
    const people = new Map(
      (await getPeople(tx, [...new Set(found.map(each => each.personId))])).map(each => [each.id, each]),
    )
    const staff = await staffById(tx, [...new Set(found.map(each => each.lookerId))])
    const today = dateIn(tx.now, call.town.timeZone)
    return found.map(each => ({
      ...each,
      person: people.get(each.personId)?.displayName ?? '',
      looker: staff.get(each.lookerId),
      late: !each.answeredAt && each.dueOn < today,
    }))
  })
  const title = oversightText(call.locale, 'questions-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <QuestionsPage call={call} lines={lines} which={which} />
    </StaffLayout>,
  )
}

function QuestionsPage({ call, lines, which }: { call: Call; lines: Line[]; which: 'open' | 'answered' }) {
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <>
      <Head title={t('questions-title')} sub={t('questions-sub')} />
      <LookTabs call={call} current="questions" />
      <FilterBar
        chips={[
          { label: t('questions-open'), href: url(addresses.lookQuestions), on: which === 'open' },
          {
            label: t('questions-answered'),
            href: url(addresses.lookQuestions, {}, { answered: 'yes' }),
            on: which === 'answered',
          },
        ]}
      />
      {lines.length === 0 ? (
        <Empty title={t('questions-none')} level={2} />
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('questions-title')}
            rows={lines}
            rowId={each => each.id}
            columns={[
              {
                id: 'whose',
                head: t('asker'),
                heads: true,
                phone: 'line',
                cell: each => (
                  <a href={url(addresses.lookQuestion, { question: each.id })}>
                    <PersonName strong>{each.person}</PersonName>
                  </a>
                ),
              },
              {
                id: 'who',
                head: t('who'),
                cell: each => each.looker && <PersonName>{local(each.looker.name)}</PersonName>,
              },
              {
                id: 'due',
                head: t('answer-by'),
                tight: true,
                phone: 'end',
                cell: each =>
                  each.found ? (
                    <Flag icon="ok" tone={each.found === 'justified' ? 'olive' : 'sumac'}>
                      {t(`found-${each.found}`)}
                    </Flag>
                  ) : each.late ? (
                    <Flag icon="clock" tone="sumac">
                      {t('late')} <DateText value={each.dueOn} />
                    </Flag>
                  ) : (
                    <DateText value={each.dueOn} />
                  ),
              },
            ]}
          />
        </Pane>
      )}
    </>
  )
}

type View = {
  question: LookQuestion
  look: LookAt | undefined
  words: QuestionWord[]
  person: string
  staff: Map<string, StaffMember>
  own: boolean
  typed: { words: string; found: string }
  faults: Fault[]
}

/** GET: one question with the look it is about, and the form that answers it. */
export async function showStaffQuestion(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'question')
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<View> => {
    const question = await getQuestion(tx, id)
    const [look] = await looksAt(tx, question.personId, { limit: 1, auditId: question.auditId })
    const words = await wordsOfQuestion(tx, id)
    const [person] = await getPeople(tx, [question.personId])
    return {
      question,
      look,
      words,
      faults,
      person: person?.displayName ?? '',
      staff: await staffById(
        tx,
        words.filter(({ byKind }) => byKind === 'staff').map(({ byId }) => byId),
      ),
      own: actor.kind === 'staff' && actor.staffId === question.lookerId,
      typed: { words: typedText(call, 'words'), found: typedText(call, 'found') },
    }
  })
  const title = oversightText(call.locale, 'ask-why')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <QuestionPage view={view} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: answers a question and says whether the look had its ground. */
export async function sendAnswer(call: Call): Promise<Response> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  const words = stripControls(typedText(call, 'words')).trim().slice(0, 2000)
  const found = (['justified', 'unjustified'] as const).find(each => each === typedText(call, 'found'))
  const faults = tooFewWords('words', words)
  if (!found) faults.push({ field: 'found', code: 'required' })
  if (!found || faults.length > 0) return showStaffQuestion(call, faults)
  const by = { kind: 'staff' as const, id: actor.staffId, office: actor.appointments[0]?.office }
  const answer = await write(call, async tx => {
    await answerQuestion(tx, call.house, { questionId: idParam(call, 'question'), words, found }, by)
    return { redirect: url(call, addresses.lookQuestions) }
  })
  flash(call, { text: oversightText(call.locale, 'answer-sent'), tone: 'olive' })
  return answer
}

function QuestionPage({ view }: { view: View }) {
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { question, look, words, person, staff, own, typed, faults } = view
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.lookQuestions), label: t('questions-title') }]} />
      <Head title={<PersonName>{person}</PersonName>} sub={t('ask-why')} />
      <Stack>
        {look && (
          <Pane id="look" icon="eye" title={t('the-look')}>
            <p>
              <Looker who={look.who} name="name" /> <DateText value={look.at} form="moment" />
            </p>
            <p>
              <Why look={look} />
            </p>
          </Pane>
        )}
        <Thread
          items={words.map(each => {
            const member = staff.get(each.byId)
            return {
              id: each.id,
              text: each.words,
              mine: each.byKind === 'staff',
              from: <PersonName>{member ? local(member.name) : person}</PersonName>,
              when: <DateText value={each.at} form="moment" />,
            }
          })}
        />
        {question.found && (
          <Note tone={question.found === 'justified' ? 'olive' : 'sumac'}>
            {t(`found-${question.found}-text`)}
          </Note>
        )}
        {!question.found && own && (
          <Note tone="honey" icon="lock">
            {t('own-look')}
          </Note>
        )}
        {!question.found && !own && (
          <Pane id="answer" icon="chat" title={t('answer')}>
            <Form action={url(addresses.lookQuestion, { question: question.id })}>
              <ChoiceField
                name="found"
                label={t('found')}
                value={typed.found}
                options={(['justified', 'unjustified'] as const).map(value => ({
                  value,
                  label: t(`found-${value}`),
                  hint: t(`found-${value}-hint`),
                }))}
                columns={2}
                fault={faultOf(faults, 'found')}
              />
              <LongTextField
                name="words"
                label={t('answer-words')}
                hint={t('answer-hint')}
                value={typed.words}
                rows={5}
                maxLength={2000}
                fault={faultOf(faults, 'words')}
              />
              <Button hotkey="Ctrl+Enter">{t('answer-send')}</Button>
            </Form>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}
