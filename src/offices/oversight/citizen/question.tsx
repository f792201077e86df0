import { addresses } from '../../../lib/addresses.ts'
import { stripControls } from '../../../lib/arabic.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  LongTextField,
  Note,
  Pane,
  Read,
  Stack,
  Thread,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type LookAt, looksAt } from '../../audit/index.ts'
import { lookRules } from '../../looks/index.ts'
import { Looker } from '../looker.tsx'
import {
  askWhyLooked,
  type LookQuestion,
  type QuestionWord,
  questionAbout,
  wordsOfQuestion,
} from '../questions.ts'
import { oversightText, oversightTexts } from '../strings.ts'
import { Why } from '../why.tsx'
import { selfOf } from './list.tsx'

const longest = 2000

type View = {
  look: LookAt
  question: LookQuestion | undefined
  words: QuestionWord[]
  rules: { name: 'role' | 'name'; answerDays: number }
  typed: string
  faults: Fault[]
}

/** GET: one look, and the question about it with its answer. */
export async function showQuestion(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = selfOf(call)
  const auditId = idParam(call, 'look')
  const view = await read(call, async (tx): Promise<View> => {
    const [look] = await looksAt(tx, personId, { limit: 1, auditId })
    if (!look) throw new NotFound('no-such-look')
    const question = await questionAbout(tx, personId, auditId)
    return {
      look,
      question,
      rules: await lookRules(tx),
      typed: typedText(call, 'words'),
      faults,
      words: question ? await wordsOfQuestion(tx, question.id) : [],
    }
  })
  const title = oversightText(call.locale, 'ask-why')
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} unlisted>
      <QuestionPage view={view} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: asks why somebody looked, or says one thing more. */
export async function sendQuestion(call: Call): Promise<Response> {
  const personId = selfOf(call)
  const auditId = idParam(call, 'look')
  const typed = stripControls(typedText(call, 'words')).trim().slice(0, longest)
  const words = typed || oversightText(call.locale, 'ask-why')
  const answer = await write(call, async tx => {
    await askWhyLooked(tx, { town: call.town, personId, auditId, words })
    return { redirect: url(call, addresses.myLookQuestion, { look: auditId }) }
  })
  flash(call, { text: oversightText(call.locale, 'ask-sent'), tone: 'olive' })
  return answer
}

function QuestionPage({ view }: { view: View }) {
  const t = useTexts(oversightTexts)
  const { url } = usePage()
  const { look, question, words, rules, typed, faults } = view
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.myLooks), label: t('title') }]} />
      <Head
        title={t('ask-why')}
        sub={
          <>
            <Looker who={look.who} name={rules.name} /> <DateText value={look.at} form="moment" />
          </>
        }
      />
      <Stack>
        <p>
          <Why look={look} />
        </p>
        {words.length > 0 && (
          <Thread
            items={words.map(each => ({
              id: each.id,
              text: each.words,
              mine: each.byKind === 'citizen',
              from: t(each.byKind === 'citizen' ? 'you' : 'supervisor'),
              when: <DateText value={each.at} form="moment" />,
            }))}
          />
        )}
        {question?.found && (
          <Note tone={question.found === 'justified' ? 'olive' : 'sumac'}>
            {t(`found-${question.found}-text`)}
          </Note>
        )}
        {question && !question.found && (
          <Note tone="honey" icon="clock">
            {t('answer-by')} <DateText value={question.dueOn} />
          </Note>
        )}
        {!question?.found && (
          <Pane id="ask" icon="chat" title={t(question ? 'ask-more' : 'ask')}>
            <Form action={url(addresses.myLookQuestion, { look: look.auditId })}>
              <LongTextField
                name="words"
                label={t('ask-words')}
                hint={t('ask-hint', { days: rules.answerDays })}
                value={typed}
                rows={3}
                maxLength={longest}
                fault={faultOf(faults, 'words')}
                optional
              />
              <Button>{t('ask-send')}</Button>
            </Form>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}
