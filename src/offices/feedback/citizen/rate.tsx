import { addresses } from '../../../lib/addresses.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  Form,
  faultOf,
  LongTextField,
  Note,
  Pane,
  SegmentField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { type LentPane, myRequest } from '../../requests/index.ts'
import { allStars, longestComment, readStars, tidy } from '../model.ts'
import { type Rating, rate, ratingOf } from '../rating.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'

/** On the page of a request that was served: the question, or what was answered. */
export const ratePane: LentPane = async (tx, _call, request) => {
  if (request.projection.state !== 'done') return undefined
  return <RatePane requestId={request.id} rating={await ratingOf(tx, request.id)} />
}

function RatePane({ requestId, rating }: { requestId: string; rating: Rating | undefined }) {
  const t = useTexts(feedbackTexts)
  if (rating?.stars !== undefined)
    return (
      <Note tone="olive" small>
        {t('rate-done', { stars: rating.stars })}
      </Note>
    )
  return (
    <Pane id="rate" icon="chat" title={t('rate-title')}>
      <RateForm requestId={requestId} />
    </Pane>
  )
}

function RateForm({
  requestId,
  stars,
  comment,
  faults,
}: {
  requestId: string
  stars?: string
  comment?: string
  faults?: readonly Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const { url } = usePage()
  return (
    <Form action={url(addresses.myRate, { id: requestId })}>
      <p className="sm mut mb-s">{t('rate-lead')}</p>
      <SegmentField
        name="stars"
        label={t('rate-stars')}
        value={stars}
        fault={faultOf(faults, 'stars')}
        options={allStars.map(each => ({ value: String(each), label: String(each) }))}
      />
      <LongTextField
        name="comment"
        label={t('rate-comment')}
        optional
        value={comment}
        maxLength={longestComment}
        fault={faultOf(faults, 'comment')}
      />
      <Button variant="quiet">{t('rate-send')}</Button>
    </Form>
  )
}

/** POST: the rating of one's own request. */
export async function sendRating(call: Call): Promise<Response> {
  const requestId = idParam(call, 'id')
  const stars = readStars(typedText(call, 'stars'))
  const comment = tidy(typedText(call, 'comment')).slice(0, longestComment)
  await read(call, tx => myRequest(tx, call, requestId))
  if (!stars) return again(call, requestId, [{ field: 'stars', code: 'stars-missing' }])
  const answer = await write(call, async tx => {
    await myRequest(tx, call, requestId)
    await rate(tx, { requestId, stars, comment, channel: 'portal' }, actorKey(call.visitor.actor))
    return { redirect: url(call, addresses.myRequest, { id: requestId }) }
  })
  flash(call, { text: feedbackText(call.locale, 'rate-thanks'), tone: 'olive' })
  return answer
}

function again(call: Call, requestId: string, faults: Fault[]): Response {
  if (requestId === '') throw new NotFound('no-such-request')
  const title = feedbackText(call.locale, 'rate-title')
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} unlisted>
      <Crumbs links={[{ href: url(call, addresses.myRequest, { id: requestId }), label: title }]} />
      <Pane id="rate" icon="chat" title={title}>
        <RateForm requestId={requestId} comment={typedText(call, 'comment')} faults={faults} />
      </Pane>
    </CitizenLayout>,
    422,
  )
}

/** GET of the form's address leads to the request. */
export const rateAgain = (call: Call): Response =>
  redirect(url(call, addresses.myRequest, { id: idParam(call, 'id') }))
