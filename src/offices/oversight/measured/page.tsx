import { addresses } from '../../../lib/addresses.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import {
  CitizenLayout,
  DateText,
  Figures,
  Head,
  Note,
  Num,
  Section,
  Stack,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import type { Call } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { type Chapter, chaptersOf, type Sentence } from './chapters.ts'
import { lastReport, type Results } from './file.ts'
import { measuredTexts, partNames } from './strings.ts'

export const proofRoute: Route = route({
  method: 'get',
  address: addresses.openProof,
  access: everyone('figures of a machine under load, of nobody'),
  audit: nothing('shows what a run of the bench measured'),
  handle: call => showProof(call, lastReport()),
})

/** `/open/proof`: what the program bears, in words for a mayor, reckoned from the last report that was kept. */
export function showProof(call: Call, results: Results | undefined): Response {
  return showPage(call, <ProofPage results={results} />)
}

function ProofPage({ results }: { results: Results | undefined }) {
  const t = useTexts(measuredTexts)
  return (
    <CitizenLayout title={t('title')}>
      <Head title={t('title')} sub={t('intro')} />
      <Stack gap="large">
        {results ? <Report results={results} /> : <Note title={t('not-yet')}>{t('not-yet-more')}</Note>}
        <Section id="again" title={t('again-title')}>
          <p>{t('again')}</p>
          <p>
            <code dir="ltr">npm run bench</code>
          </p>
        </Section>
      </Stack>
    </CitizenLayout>
  )
}

function Report({ results }: { results: Results }) {
  const t = useTexts(measuredTexts)
  const rich = useRichTexts(measuredTexts)
  const { machine, caveats, began } = results
  return (
    <>
      {caveats.length > 0 && (
        <Stack>
          {caveats.map(each => (
            <Note key={each} tone="honey" title={t(`caveat-${each}`)} />
          ))}
        </Stack>
      )}
      <p>
        {rich(
          'run-on',
          { date: <DateText value={began.slice(0, 10) as CalendarDate} /> },
          { cores: machine.cores, memory: Math.round(machine.memoryMb / 1024) },
        )}
      </p>
      {chaptersOf(results).map(chapter => (
        <ChapterOf key={chapter.id} chapter={chapter} />
      ))}
    </>
  )
}

function ChapterOf({ chapter: { id, title, figures, sentences } }: { chapter: Chapter }) {
  const t = useTexts(measuredTexts)
  return (
    <Section id={id} title={<Said sentence={title} />}>
      {figures && (
        <Figures
          figures={figures.map(({ value, label }) => ({ value: <Num>{value}</Num>, label: t(label) }))}
        />
      )}
      <ul className="lines">
        {sentences.map((sentence, at) => (
          <li key={String(at)}>
            <Said sentence={sentence} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Said({ sentence: { key, values, parts } }: { sentence: Sentence }) {
  const t = useTexts(measuredTexts)
  const { locale } = usePage()
  return t(key, parts === undefined ? values : { ...values, parts: partNames(parts, locale) })
}
