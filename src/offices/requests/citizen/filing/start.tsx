import type { Capacity, CompiledService } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { Forbidden, NotFound } from '../../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  CitizenLayout,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  PaperList,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, param, read, typedText, url, write } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import { type CatalogueService, catalogueOf } from '../../../catalogue/index.ts'
import { type Draft, draftsOf, openDraft, saveDraft } from '../../drafts.ts'
import { actsForAnother } from '../../parties/model.ts'
import { citizenOf, filesHere, ownerOf, personOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { filingOf, resumeAt, stationUrl } from './desk.ts'
import { ownPrefix, readForWhom } from './for-whom.ts'
import { ForWhom } from './for-whom-fields.tsx'
import { retiredPage } from './retired.tsx'

const isOfPower = ({ field }: Fault): boolean => field.startsWith(ownPrefix) || field.startsWith('principal')

type Begun = { draft: Draft; resume: string }
type Facts = { found: CatalogueService; begun: Begun | undefined }

async function factsOf(call: Call): Promise<Facts> {
  return read(call, async tx => {
    const catalogue = await catalogueOf(tx)
    const found = catalogue.find(param(call, 'code'))
    if (!found) throw new NotFound('no-such-page')
    if (!filesHere(call, found.code)) throw new Forbidden('mandate-does-not-cover')
    const drafts = await draftsOf(tx, ownerOf(call))
    const draft = drafts.find(each => each.serviceCode === found.code)
    if (!draft) return { found, begun: undefined }
    const { service } = catalogue.get(draft.serviceCode, draft.serviceVersion)
    const filing = filingOf(draft, service, found.retired, dateIn(tx.now, call.town.timeZone))
    return { found, begun: { draft, resume: stationUrl(call, draft.id, resumeAt(filing)) } }
  })
}

/** Before a form: in which capacity one applies, what will be asked for, and the form begun earlier if there is one. */
export async function showStart(call: Call): Promise<Response> {
  const { found, begun } = await factsOf(call)
  if (found.retired) return showPage(call, retiredPage(found.service), 410)
  if (!found.service.definition.channels.includes('web'))
    return redirect(url(call, addresses.service, { code: found.code }))
  const capacities = capacitiesOf(call, found.service)
  return showPage(
    call,
    <StartPage service={found.service} capacities={capacities} begun={begun} faults={[]} />,
  )
}

/** In which capacities one may file here; in somebody's place as they would themselves, and for nobody further. */
function capacitiesOf(call: Call, { definition }: CompiledService): Capacity[] {
  const { inPlaceOf } = citizenOf(call)
  const offered = definition.applicants.filter(each => !inPlaceOf || !actsForAnother(each))
  if (offered.length === 0) throw new Forbidden('mandate-does-not-cover')
  return offered
}

/** Begins the form. */
export async function startDraft(call: Call): Promise<Response> {
  const { found, begun } = await factsOf(call)
  const { service } = found
  if (found.retired) return showPage(call, retiredPage(service), 410)
  const { channels, code } = service.definition
  const applicants = capacitiesOf(call, service)
  if (!channels.includes('web')) return redirect(url(call, addresses.service, { code }))
  const typed = typedText(call, 'capacity')
  const [only] = applicants
  const capacity = applicants.length === 1 ? only : applicants.find(each => each === typed)
  const [first] = service.pages
  if (!capacity || !first) {
    const faults = [{ field: 'capacity', code: 'required' }]
    return showPage(
      call,
      <StartPage service={service} capacities={applicants} begun={begun} faults={faults} />,
      422,
    )
  }
  const forWhom = await readForWhom(call, capacity, personOf(call))
  if (forWhom.faults.length > 0) {
    const view = {
      service,
      capacities: applicants,
      begun,
      faults: forWhom.faults,
      typed: typedOf(call),
      capacity,
    }
    return showPage(call, <StartPage {...view} />, 422)
  }
  return write(call, async tx => {
    const id = await openDraft(tx, {
      owner: ownerOf(call),
      personId: personOf(call),
      serviceCode: code,
      serviceVersion: found.version,
      channel: 'web',
      capacity,
    })
    if (forWhom.parties.length > 0) await saveDraft(tx, id, { parties: forWhom.parties })
    return { redirect: stationUrl(call, id, { kind: 'page', id: first.id }) }
  })
}

type StartProps = {
  service: CompiledService
  capacities: readonly Capacity[]
  begun: Begun | undefined
  faults: Fault[]
  typed?: Record<string, string>
  capacity?: Capacity
}

/** What was typed of the principal and the power. */
const typedOf = (call: Call): Record<string, string> =>
  Object.fromEntries(
    Object.keys(call.typed)
      .filter(name => name.startsWith(ownPrefix) || name.startsWith('principal'))
      .map(name => [name, typedText(call, name)]),
  )

function StartPage({ service, capacities: applicants, begun, faults, typed = {}, capacity }: StartProps) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { code, name, known } = service.definition
  return (
    <CitizenLayout title={local(name)} faults={faults} unlisted>
      <div className="read">
        <Crumbs links={[{ href: url(addresses.service, { code }), label: t('back-guide') }]} />
        <Head title={local(name)} sub={t('start-lead')} />
        {begun && (
          <div className="mt-s">
            <Note tone="info" icon="save" title={t('begun-title')}>
              {t('begun-text')} <DateText value={begun.draft.updatedAt} form="moment" />.
              <p className="row mt-s">
                <LinkButton href={begun.resume} iconEnd="go">
                  {t('begun-resume')}
                </LinkButton>
              </p>
            </Note>
          </div>
        )}
        <Form action={url(addresses.startDraft, { code })}>
          {applicants.length > 1 && (
            <div className="mt">
              <ChoiceField
                name="capacity"
                label={t('capacity-question')}
                fault={faultOf(faults, 'capacity')}
                value={capacity ?? (begun ? undefined : (applicants[0] as Capacity))}
                options={applicants.map(each => ({ value: each, label: t(`capacity-${each}`) }))}
              />
            </div>
          )}
          <ForWhom capacities={applicants} typed={typed} faults={faults.filter(isOfPower)} />
          <h2 className="h-s mt">{t('start-known')}</h2>
          <PaperList
            papers={known.map(each => ({
              id: each.id,
              title: local(each.name),
              note: local(each.source),
              known: true,
            }))}
          />
          <p className="row mt">
            <Button big iconEnd="go" variant={begun ? 'quiet' : 'main'}>
              {t(begun ? 'start-anew' : 'start')}
            </Button>
          </p>
          <p className="sm dim mt-s">{t('start-kept')}</p>
        </Form>
      </div>
    </CitizenLayout>
  )
}
