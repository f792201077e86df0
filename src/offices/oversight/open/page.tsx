import { monthName } from '../../../lib/dates.ts'
import {
  CitizenLayout,
  Empty,
  Figures,
  Head,
  Num,
  Pane,
  Stack,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { oversightText, oversightTexts } from '../strings.ts'
import {
  type MonthOfLooks,
  monthsOfLooks,
  type QuestionFigures,
  questionFigures,
  smallest,
} from './figures.ts'

const months = 12

/** GET: how often people's data are opened, for everybody to read. */
export async function showOpenLooks(call: Call): Promise<Response> {
  const { list, questions } = await read(call, async tx => ({
    list: await monthsOfLooks(tx, months),
    questions: await questionFigures(tx),
  }))
  const title = oversightText(call.locale, 'open-title')
  return showPage(
    call,
    <CitizenLayout title={title}>
      <OpenPage list={list} questions={questions} />
    </CitizenLayout>,
  )
}

function OpenPage({ list, questions }: { list: MonthOfLooks[]; questions: QuestionFigures }) {
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const { locale } = usePage()
  const few = (count: number) => (count > 0 && count < smallest ? t('open-few') : count)
  const byMonth = Map.groupBy(list, each => each.month)
  return (
    <Stack>
      <Head title={t('open-title')} sub={t('open-lead')} />
      <Pane id="questions" icon="chat" title={t('open-questions')}>
        <Figures
          figures={[
            { value: few(questions.asked), label: t('open-asked') },
            { value: few(questions.inTime), label: t('open-answered') },
            { value: few(questions.late), label: t('open-late') },
            { value: few(questions.unjustified), label: t('open-unjustified') },
          ]}
        />
      </Pane>
      {list.length === 0 && <Empty title={t('open-none')} level={2} />}
      {[...byMonth].map(([month, lines]) => {
        const title = `${monthName(Number(month.slice(5, 7)) - 1, locale)} ${month.slice(0, 4)}`
        return (
          <Pane key={month} id={`m${month}`} title={title} pad={false}>
            <Table
              caption={title}
              rows={lines}
              rowId={each => `${each.office?.en ?? ''} ${each.kind}`}
              columns={[
                {
                  id: 'office',
                  head: t('open-office'),
                  heads: true,
                  phone: 'line',
                  cell: each => (each.office ? local(each.office) : t('open-all')),
                },
                { id: 'kind', head: t('why'), cell: each => t(`by-${each.kind}`) },
                {
                  id: 'looks',
                  head: t('open-looks'),
                  tight: true,
                  phone: 'end',
                  cell: each => (each.looks === undefined ? t('open-few') : <Num>{each.looks}</Num>),
                },
              ]}
            />
          </Pane>
        )
      })}
    </Stack>
  )
}
