import { addresses } from '../../../lib/addresses.ts'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { BadRequest, Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import {
  Button,
  CitizenLayout,
  CodeField,
  Crumbs,
  Form,
  faultOf,
  Head,
  KeyValues,
  Note,
  Pane,
  PersonName,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import {
  acceptMandate,
  endMandate,
  getMandate,
  type Mandate,
  provenPhone,
  sendLogInCode,
  takeLogInCode,
} from '../../people/index.ts'
import { citizenOf } from '../citizen/citizen.ts'
import { serviceNames } from './list.tsx'
import {
  MandateActs,
  MandateFlag,
  MandateServices,
  MandateTerm,
  type ServiceNames,
  stateOn,
} from './parts.tsx'
import { mandateText, mandateTexts } from './strings.ts'

type View = {
  mandate: Mandate
  /** Whether the agent looks at it, who may accept. */
  mine: boolean
  hasPhone: boolean
  codeId: string | undefined
  names: ServiceNames
  today: CalendarDate
  faults: Fault[]
}

/** One mandate, as either side sees it. */
export async function showMandate(call: Call, faults: Fault[] = []): Promise<Response> {
  const { personId } = citizenOf(call)
  const names = await serviceNames(call)
  const asked = typedText(call, 'codeId') || (call.query.code ?? '')
  const view = await read(call, async (tx): Promise<View> => {
    const mandate = await getMandate(tx, idParam(call, 'mandate'), personId)
    return {
      mandate,
      mine: mandate.agent.id === personId,
      names,
      faults,
      hasPhone: (await provenPhone(tx, call.house, personId)) !== undefined,
      codeId: isId(asked) ? asked : undefined,
      today: dateIn(tx.now, call.town.timeZone),
    }
  })
  return showPage(call, <MandatePage {...view} />, faults.length > 0 ? 422 : 200)
}

/** What either side does with it: the agent asks for a code and accepts with it; both end it. */
export async function act(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  const mandateId = idParam(call, 'mandate')
  const here = (query?: Record<string, string>) =>
    url(call, addresses.myMandate, { mandate: mandateId }, query)
  const by = { kind: 'citizen', id: personId } as const
  const { house } = call
  switch (typedText(call, 'do')) {
    case 'send':
      return told(call, 'code', () =>
        write(call, async tx => {
          const to = await provenPhone(tx, house, personId)
          if (to === undefined) throw new Conflict('no-proven-phone')
          const code = await sendLogInCode(tx, house, { purpose: 'mandate', personId, to, by })
          return { redirect: here({ code }) }
        }),
      )
    case 'accept':
      return accept(call, mandateId, personId)
    case 'end': {
      const answer = await write(call, async tx => {
        await endMandate(tx, house, { mandateId, personId }, by)
        return { redirect: url(call, addresses.myMandates) }
      })
      flash(call, { text: mandateText(call.locale, 'ended'), tone: 'olive' })
      return answer
    }
    default:
      throw new BadRequest('bad-form')
  }
}

async function accept(call: Call, mandateId: string, personId: string): Promise<Response> {
  const codeId = typedText(call, 'codeId')
  if (!isId(codeId)) throw new BadRequest('bad-form')
  const { house, town } = call
  // A transaction of its own, so that a wrong try stays counted.
  const tried = await house.database.write(town.id, async tx => {
    const answer = await takeLogInCode(tx, house, {
      codeId,
      purpose: 'mandate',
      typed: typedText(call, 'code'),
    })
    return answer.ok && answer.taken.personId !== personId
      ? ({ ok: false, code: 'code-expired' } as const)
      : answer
  })
  if (!tried.ok) return showMandate(call, [{ field: 'code', code: tried.code }])
  return told(call, 'code', async () => {
    const answer = await write(call, async tx => {
      await acceptMandate(tx, house, { mandateId, agentId: personId }, { kind: 'citizen', id: personId })
      return { redirect: url(call, addresses.myMandates) }
    })
    flash(call, { text: mandateText(call.locale, 'accepted'), tone: 'olive' })
    return answer
  })
}

async function told(call: Call, field: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Conflict) return showMandate(call, [{ field, code: error.code }])
    throw error
  }
}

function MandatePage(view: View) {
  const t = useTexts(mandateTexts)
  const { url } = usePage()
  const { mandate, mine, names, today, faults } = view
  const state = stateOn(mandate, today)
  const title = t('one-title', { principal: mandate.principal.name, agent: mandate.agent.name })
  const over = state === 'ended' || state === 'over'
  return (
    <CitizenLayout title={title} faults={faults} unlisted>
      <Read>
        <Crumbs links={[{ label: t('title'), href: url(addresses.myMandates) }]} />
        <Head title={title} />
        <Stack>
          <Pane id="what" title={t('what')} icon="users">
            <KeyValues
              pairs={[
                { term: t('principal'), value: <PersonName>{mandate.principal.name}</PersonName> },
                { term: t('agent-is'), value: <PersonName>{mandate.agent.name}</PersonName> },
                { term: t('what'), value: <MandateActs of={mandate} /> },
                {
                  term: t('services'),
                  value: mandate.services ? (
                    <MandateServices of={mandate} names={names} />
                  ) : (
                    t('services-all')
                  ),
                },
                { term: t('term'), value: <MandateTerm of={mandate} /> },
                { term: t('state'), value: <MandateFlag state={state} /> },
              ]}
            />
          </Pane>
          {mine && state === 'offered' && <Accept {...view} />}
          {!over && (
            <Form action={url(addresses.myMandate, { mandate: mandate.id })}>
              <p className="mut mb-s">{t('end-why')}</p>
              <Button variant="stop" name="do" value="end">
                {t(mine && state === 'offered' ? 'refuse' : 'end')}
              </Button>
            </Form>
          )}
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

function Accept({ mandate, hasPhone, codeId, faults }: View) {
  const t = useTexts(mandateTexts)
  const { url } = usePage()
  if (!hasPhone)
    return (
      <Note tone="honey">
        {t('accept-no-phone')} <a href={url(addresses.myContactDetails)}>{url(addresses.myContactDetails)}</a>
      </Note>
    )
  return (
    <Pane id="accept" title={t('accept')} icon="lock">
      <p className="mut mb-s">{t('accept-why')}</p>
      <Form action={url(addresses.myMandate, { mandate: mandate.id })} hidden={{ codeId }}>
        {codeId && (
          <CodeField name="code" label={t('code')} hint={t('code-hint')} fault={faultOf(faults, 'code')} />
        )}
        <p className="row">
          {codeId && (
            <Button name="do" value="accept">
              {t('accept-do')}
            </Button>
          )}
          <Button variant={codeId ? 'quiet' : 'main'} name="do" value="send" formNoValidate>
            {t('accept-send')}
          </Button>
        </p>
      </Form>
    </Pane>
  )
}
