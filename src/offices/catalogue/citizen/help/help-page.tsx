import {
  CitizenLayout,
  Head,
  HelpDoors,
  type HelpTopic,
  helpTopics,
  PhoneText,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { guideTexts } from '../strings.ts'
import { helpTexts, staffTopics, topicPictures } from './topics.ts'

const states = {
  ours: ['submitted', 'in-process', 'in-review'],
  yours: ['awaiting-fee', 'awaiting-papers', 'awaiting-answer'],
  other: ['awaiting-outside'],
  none: ['done', 'rejected', 'withdrawn'],
} as const

/** `/help`: the topics that are explained step by step, and what the states of a request mean. */
export function HelpPage() {
  const t = useTexts(guideTexts)
  const steps = useTexts(helpTexts)
  const door = (topic: HelpTopic) => ({
    topic,
    picture: topicPictures[topic],
    note: steps(`note-${topic}`),
  })
  return (
    <CitizenLayout title={t('help-title')} description={t('help-lead')}>
      <div className="read">
        <Head title={t('help-title')} sub={t('help-lead')} />
        <div className="guide">
          <section aria-labelledby="topics-title">
            <h2 id="topics-title">{steps('topics')}</h2>
            <HelpDoors doors={helpTopics.filter(topic => !staffTopics.includes(topic)).map(door)} />
          </section>
          <States />
          <Contact />
          <section aria-labelledby="staff-title">
            <h2 id="staff-title">{steps('staff-topics')}</h2>
            <HelpDoors doors={staffTopics.map(door)} />
          </section>
        </div>
      </div>
    </CitizenLayout>
  )
}

function States() {
  const t = useTexts(guideTexts)
  return (
    <section aria-labelledby="states-title" id="states">
      <h2 id="states-title">{t('help-states')}</h2>
      {(['ours', 'yours', 'other', 'none'] as const).map(turn => (
        <div className="mt-s" key={turn}>
          <h3 className="h-s">{t(`turn-${turn}`)}</h3>
          <ul className="lines">
            {states[turn].map(state => (
              <li key={state}>
                <StateBadge state={state} /> <span className="mut">{t(`means-${state}`)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** Who is asked when a question remains. */
export function Contact() {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const { town } = usePage()
  return (
    <section aria-labelledby="call-title" id="call">
      <h2 id="call-title">{t('help-call')}</h2>
      <p>
        <PhoneText value={town.phone} call /> · {local(town.address)}
      </p>
    </section>
  )
}
