import { addresses } from '../../../../lib/addresses.ts'
import { NotFound } from '../../../../lib/errors.ts'
import {
  CitizenLayout,
  Crumbs,
  Head,
  HelpSteps,
  type HelpTopic,
  helpTopics,
  Read,
  usePage,
  useTexts,
  useTopicTitle,
} from '../../../../ui/index.ts'
import { type Call, param } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { Contact } from './help-page.tsx'
import { helpTexts, topics } from './topics.ts'

/** `/help/TOPIC`: one question, answered in numbered steps that lead to the pages where they are done. */
export function showTopic(call: Call): Response {
  const topic = helpTopics.find(each => each === param(call, 'topic'))
  if (!topic) throw new NotFound('no-such-page')
  return showPage(call, <TopicPage topic={topic} />)
}

function TopicPage({ topic }: { topic: HelpTopic }) {
  const t = useTexts(helpTexts)
  const title = useTopicTitle()(topic)
  const { url } = usePage()
  return (
    <CitizenLayout title={title} description={t(`note-${topic}`)}>
      <Crumbs links={[{ href: url(addresses.help), label: t('all-topics') }]} />
      <Read>
        <Head title={title} sub={t('topic-lead')} />
        <div className="guide">
          {topics[topic].map((way, at) => (
            <section key={way.title ?? at} aria-labelledby={way.title}>
              {way.title && <h2 id={way.title}>{t(way.title)}</h2>}
              <HelpSteps
                steps={way.steps.map(({ text, picture, to }) => ({
                  id: text,
                  picture,
                  text: t(text),
                  link: to && { href: url(to.address), label: t(to.label) },
                }))}
              />
            </section>
          ))}
          <Contact />
        </div>
      </Read>
    </CitizenLayout>
  )
}
