import { randomBytes } from 'node:crypto'
import { addresses } from '../lib/addresses.ts'
import { DomainError } from '../lib/errors.ts'
import { LinkButton } from '../ui/parts/button.tsx'
import { CitizenLayout } from '../ui/parts/citizen-layout.tsx'
import { Head } from '../ui/parts/head.tsx'
import { StaffLayout } from '../ui/parts/staff-layout.tsx'
import { TypedWords } from '../ui/parts/typed-words.tsx'
import { actorKey } from './actor.ts'
import { type Call, url } from './call.ts'
import { showPage } from './page.tsx'
import { problem } from './problem.ts'
import { SendAgain } from './send-again.tsx'
import { sentencesOf } from './sentences.ts'
import { doorText } from './strings.ts'
import { againSeconds, passingTrouble } from './trouble.ts'

type Words = { status: number; title: string; body: string; again: boolean }

const refusals = new Map<string, (call: Call, error: DomainError) => Promise<Response>>()

/** Gives a refusal a page of its own, such as the one that asks why a file should be opened. Programs get the problem as ever. */
export function registerRefusal(
  code: string,
  page: (call: Call, error: DomainError) => Promise<Response>,
): void {
  refusals.set(code, page)
}

/** Refusals of which a citizen is told what to do. */
const refusedCitizens = [
  'not-verified',
  'own-account-only',
  'mandate-does-not-cover',
  'place-changed',
] as const

/** Words an error once, at the edge: a page for people, problem+json for programs. What is ours to mend is logged with a reference. */
export async function showError(call: Call, error: unknown): Promise<Response> {
  const reference = randomBytes(4).toString('hex')
  const known = error instanceof DomainError ? error : passingTrouble(error)
  if (!known || known.reportable)
    call.house.log.error({ err: error, reference, at: placeOf(call) }, 'call failed')
  else if (known.status === 401 || known.status === 403) noteRefusal(call, known)
  if (isApi(call)) return inWhile(problem(known, reference), known)
  const own = known && refusals.get(known.code)
  if (known && own) return own(call, known)
  const words = wordsFor(call, known, reference)
  const Layout = call.visitor.actor.kind === 'staff' ? StaffLayout : CitizenLayout
  const page = showPage(
    call,
    <Layout title={words.title}>
      <div className="read">
        <Head title={words.title} />
        <p className="lead">{words.body}</p>
        {call.request.method === 'POST' && words.status === 503 && <SendAgain call={call} />}
        {call.request.method === 'POST' && words.status !== 503 && (
          <div className="mt">
            <TypedWords words={sentencesOf(call.typed)} />
          </div>
        )}
        <p className="row mt">
          {words.again && (
            <LinkButton href={call.town.prefix + call.here}>
              {doorText(call.locale, 'error-again')}
            </LinkButton>
          )}
          <LinkButton variant="quiet" href={url(call, addresses.front)}>
            {doorText(call.locale, 'error-home')}
          </LinkButton>
          <LinkButton variant="plain" href={url(call, addresses.services)}>
            {doorText(call.locale, 'error-services')}
          </LinkButton>
        </p>
      </div>
    </Layout>,
    words.status,
  )
  return inWhile(page, known)
}

/** Says when to ask again, where that is all there is to do. */
function inWhile(answer: Response, error: DomainError | undefined): Response {
  if (error?.status === 503) answer.headers.set('retry-after', String(againSeconds(error.code)))
  return answer
}

/** Where a call failed, without what lets anyone in: the code of a link, the token of a hook. Names of things are shorter. */
const placeOf = ({ here, params: { code = '', token = '' } }: Call): string =>
  [code, token].filter(({ length }) => length >= 10).reduce((at, secret) => at.replaceAll(secret, '…'), here)

/** Whoever was not let in is named by an id of ours, which tells nobody who they are; from where, by the operator's proxy. */
function noteRefusal(call: Call, { code, status }: DomainError): void {
  const { kind, id } = actorKey(call.visitor.actor)
  const who = { kind, id, town: call.town.slug }
  call.house.log.info({ part: 'access', status, code, who, at: placeOf(call) }, 'refused')
}

const isApi = (call: Call) =>
  call.here.startsWith(addresses.api.pattern) || call.request.headers.get('accept') === 'application/json'

const troubles: Record<string, 'error-no-room' | 'error-busy' | 'error-away'> = {
  'no-room': 'error-no-room',
  busy: 'error-busy',
  away: 'error-away',
}

function wordsFor(call: Call, error: DomainError | undefined, reference: string): Words {
  const say = (key: Parameters<typeof doorText>[1], values?: Record<string, string | number>) =>
    doorText(call.locale, key, values)
  if (!error) {
    return {
      status: 500,
      title: say('error-internal-title'),
      body: say('error-internal', { reference }),
      again: true,
    }
  }
  if (error.code === 'body-too-large') {
    const megabytes = Math.floor(Number(error.details.limit) / 1024 / 1024)
    return {
      status: 413,
      title: say('error-title'),
      body: say('error-too-large', { megabytes }),
      again: true,
    }
  }
  if (error.code === 'field-too-long') {
    const body = say('error-field-too-long', { most: Number(error.details.most).toLocaleString('en') })
    return { status: 400, title: say('error-title'), body, again: false }
  }
  if (error.code === 'foreign-form') {
    return { status: 403, title: say('error-title'), body: say('error-foreign-form'), again: false }
  }
  const ownWords = refusedCitizens.find(code => code === error.code)
  if (ownWords)
    return {
      status: 403,
      title: say(`error-${ownWords}-title`),
      body: say(`error-${ownWords}`),
      again: false,
    }
  const again = call.request.method === 'GET'
  if (error.code === 'document-waits-for-scan')
    return { status: 409, title: say('error-scan-title'), body: say('error-scan'), again }
  if (error.code === 'document-infected')
    return { status: 409, title: say('error-infected-title'), body: say('error-infected'), again: false }
  switch (error.status) {
    case 401:
      return { status: 401, title: say('error-log-in-title'), body: say('error-log-in'), again: true }
    case 403:
      return { status: 403, title: say('error-forbidden-title'), body: say('error-forbidden'), again: false }
    case 404:
      // What somebody sent was theirs when they opened the form; whether it is there at all is not said.
      if (!again && call.visitor.actor.kind !== 'anonymous')
        return { status: 404, title: say('error-gone-title'), body: say('error-gone'), again }
      return { status: 404, title: say('error-not-found-title'), body: say('error-not-found'), again: false }
    case 409:
      return { status: 409, title: say('error-conflict-title'), body: say('error-conflict'), again }
    case 503: {
      const body = say(troubles[error.code] ?? 'error-unavailable')
      return { status: 503, title: say('error-internal-title'), body, again }
    }
    default:
      return {
        status: 400,
        title: say('error-bad-request-title'),
        body: say('error-bad-request'),
        again: false,
      }
  }
}
