import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import {
  CitizenLayout,
  DateText,
  Empty,
  Head,
  Pane,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { oversightText, oversightTexts } from '../strings.ts'
import { inForceBy, type Policy, policiesOf } from './store.ts'

/** GET: the policy in force with its decision, or an earlier version with `?version=`. */
export async function showPrivacy(call: Call): Promise<Response> {
  const all = await read(call, policiesOf)
  const versions = inForceBy(all, dateIn(call.now, call.town.timeZone))
  const asked = versions.find(each => String(each.version) === call.query.version)
  const title = oversightText(call.locale, 'privacy-title')
  return showPage(
    call,
    <CitizenLayout title={title}>
      <PrivacyPage policy={asked ?? versions[0]} versions={versions} />
    </CitizenLayout>,
  )
}

/** The paragraphs of a text: one begins after an empty line. */
export const paragraphs = (text: string): string[] => text.split(/\n\s*\n/).filter(each => each.trim() !== '')

function PrivacyPage({ policy, versions }: { policy: Policy | undefined; versions: Policy[] }) {
  const t = useTexts(oversightTexts)
  const { locale, url } = usePage()
  if (!policy)
    return (
      <Read>
        <Head title={t('privacy-title')} />
        <Empty title={t('privacy-none')} level={2}>
          {t('privacy-none-text')}
        </Empty>
      </Read>
    )
  const body = locale === 'en' && policy.en !== '' ? policy.en : policy.ar
  return (
    <Read>
      <Head
        title={t('privacy-title')}
        sub={
          <>
            {t('privacy-decision', { decision: policy.decision })} <DateText value={policy.from} />
          </>
        }
      />
      <Stack>
        <div className="prose">
          {paragraphs(body).map(each => (
            <p key={each}>{each}</p>
          ))}
        </div>
        {versions.length > 1 && (
          <Pane id="versions" title={t('privacy-older')}>
            <ul className="lines">
              {versions.map(each => (
                <li key={each.version}>
                  <a href={url(addresses.privacy, {}, { version: each.version })}>
                    {t('privacy-version', { version: each.version })}
                  </a>
                  <small className="mut line-note">
                    {t('privacy-decision', { decision: each.decision })} <DateText value={each.from} />
                  </small>
                </li>
              ))}
            </ul>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}
