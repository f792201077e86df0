import { addresses } from '../../../lib/addresses.ts'
import {
  CitizenLayout,
  Head,
  LinkButton,
  PhoneText,
  Stack,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { guideTexts } from './strings.ts'

const states = {
  ours: ['submitted', 'in-process', 'in-review'],
  yours: ['awaiting-fee', 'awaiting-papers', 'awaiting-answer'],
  other: ['awaiting-outside'],
  none: ['done', 'rejected', 'withdrawn'],
} as const

/** `/help`: how to file, to get a PIN, to send a missing paper, and what the states mean. */
export function HelpPage() {
  const t = useTexts(guideTexts)
  const { url } = usePage()
  return (
    <CitizenLayout title={t('help-title')} description={t('help-lead')}>
      <div className="read">
        <Head title={t('help-title')} sub={t('help-lead')} />
        <div className="guide">
          <section aria-labelledby="file-title" id="file">
            <h2 id="file-title">{t('help-file')}</h2>
            <ol className="route">
              {([1, 2, 3, 4, 5] as const).map(step => (
                <li key={step}>
                  <p>{t(`help-file-${step}`)}</p>
                </li>
              ))}
            </ol>
            <p className="mt-s">
              <LinkButton href={url(addresses.services)}>{t('services-title')}</LinkButton>
            </p>
          </section>
          <section aria-labelledby="pin-title" id="pin">
            <h2 id="pin-title">{t('help-pin')}</h2>
            <Stack gap="small">
              <p>{t('help-pin-text')}</p>
              <p>{t('help-pin-lost')}</p>
            </Stack>
          </section>
          <section aria-labelledby="paper-title" id="paper">
            <h2 id="paper-title">{t('help-paper')}</h2>
            <p>{t('help-paper-text')}</p>
          </section>
          <section aria-labelledby="track-title" id="track">
            <h2 id="track-title">{t('help-track')}</h2>
            <p>
              {t('help-track-text')} <a href={url(addresses.track)}>{url(addresses.track)}</a>
            </p>
          </section>
          <States />
          <Contact />
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

function Contact() {
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
