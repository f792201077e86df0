import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  FileField,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Stack,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../ui/index.ts'
import { mostMegabytes } from '../../archive/index.ts'
import { acceptOf } from '../citizen/filing/papers.tsx'
import { requestNumber } from '../model.ts'
import type { Lacking, Place } from './place.ts'
import { shortTexts } from './words.ts'

/** Names of the boxes of the page. */
export const paperField = { file: 'file', paper: 'paper', kept: 'kept', asItIs: 'as-it-is' } as const

/** A picture that was sent and could hardly be read: kept, in case it is the best there is. */
export type Kept = { sealed: string; thumbnails: string[] }

export type PaperPageProps = {
  code: string
  place: Place
  lacking: Lacking
  faults: Fault[]
  kept: Kept | undefined
}

/** One paper a request lacks, and the place to send it from. Made for a telephone held in one hand. */
export function PaperPage({ code, place, lacking, faults, kept }: PaperPageProps) {
  const t = useTexts(shortTexts)
  const local = useLocalized()
  const { url } = usePage()
  const number = requestNumber(place.request)
  const name = lacking.paper ? local(lacking.paper.name) : lacking.words
  const action = url(addresses.shortLink, { code })
  const more = place.lacking.length - 1
  return (
    <CitizenLayout title={t('paper-title', { number })} faults={faults} unlisted>
      <div className="read">
        <Stack>
          <Head
            title={name}
            sub={
              <>
                {t('paper-sub', { number })} {more > 0 && <span>({t('paper-more', { count: more })})</span>}
              </>
            }
          />
          {lacking.paper && lacking.words !== '' && (
            <Note>
              {t('paper-why')} <Written>{lacking.words}</Written>
            </Note>
          )}
          <Pane id="paper" icon="cam" title={t('paper-box')}>
            <Form action={action} files hidden={{ [paperField.paper]: lacking.id }}>
              <FileField
                name={paperField.file}
                label={name}
                fault={faultOf(faults, paperField.file)}
                multiple
                accept={acceptOf(lacking.paper?.accept ?? ['pdf', 'jpeg', 'png', 'heic'])}
                limit={t('paper-limit', { max: mostMegabytes })}
                files={kept?.thumbnails.map((thumbnail, at) => ({
                  id: String(at),
                  title: t('kept-page', { number: at + 1 }),
                  fate: 'refused',
                  thumbnail: thumbnail || undefined,
                }))}
              />
              <Button big full icon="go">
                {t('paper-send')}
              </Button>
              <p className="sm mut mt-s">{t('paper-safe')}</p>
            </Form>
          </Pane>
          {kept ? (
            <Pane id="kept" title={t('kept-title')}>
              <Form
                action={action}
                hidden={{
                  [paperField.paper]: lacking.id,
                  [paperField.kept]: kept.sealed,
                  [paperField.asItIs]: 'yes',
                }}
              >
                <p>{t('kept-text')}</p>
                <p className="mt-s">
                  <Button variant="quiet" full>
                    {t('kept-send')}
                  </Button>
                </p>
              </Form>
            </Pane>
          ) : (
            <section>
              <h2 className="h-pane">{t('paper-tips')}</h2>
              <ul className="lines">
                <li>{t('paper-tip-light')}</li>
                <li>{t('paper-tip-whole')}</li>
                <li>{t('paper-tip-still')}</li>
              </ul>
            </section>
          )}
          <p className="sm mut">{t('paper-instead')}</p>
        </Stack>
      </div>
    </CitizenLayout>
  )
}

/** Nothing is waited for any more, or more was sent than a link takes. */
export function PaperEnd({ place, tired }: { place: Place; tired: boolean }) {
  const t = useTexts(shortTexts)
  const { url } = usePage()
  const number = requestNumber(place.request)
  const title = t(tired ? 'paper-tired-title' : 'paper-none-title')
  return (
    <CitizenLayout title={title} unlisted>
      <div className="read">
        <Stack>
          <Head title={title} />
          <Note tone={tired ? 'honey' : 'olive'}>{t(tired ? 'paper-tired' : 'paper-none', { number })}</Note>
          <p>
            <LinkButton href={url(addresses.track, {}, { number })} variant="quiet">
              {t('follow')}
            </LinkButton>
          </p>
        </Stack>
      </div>
    </CitizenLayout>
  )
}
