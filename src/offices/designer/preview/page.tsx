import type { ReactNode } from 'react'
import { sheetOf } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { NotFound } from '../../../lib/errors.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  CitizenLayout,
  Crumbs,
  Empty,
  Head,
  LinkButton,
  Note,
  Segments,
  StaffLayout,
} from '../../../ui/index.ts'
import { type Call, param, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { amountsOn, sheetFees } from '../../catalogue/index.ts'
import { specimenPaper } from '../../certificates/index.ts'
import { officesOf } from '../../people/index.ts'
import { nameOf, partWord } from '../parts/strings.ts'
import { loadTried, type Tried } from '../record/load.ts'
import { exampleAnswers } from './example-answers.ts'
import { CitizenForm, ClerkDesk, OfficerDesk, ServiceSheet } from './views.tsx'

const views = ['sheet', 'form', 'clerk', 'officer'] as const
type ViewName = (typeof views)[number]
const isView = (text: string): text is ViewName => (views as readonly string[]).includes(text)

/** GET: the service as somebody will see it; the paper it ends in as a PDF. */
export async function showPreview(call: Call): Promise<Response> {
  const as = param(call, 'as')
  const tried = await loadTried(call)
  if (as === 'paper') return showPaper(call, tried)
  if (!isView(as)) throw new NotFound('no-such-page')
  const title = partWord(call.locale, 'preview-title', { name: inLocale(tried.read.draft.name, call.locale) })
  if (!tried.trial) {
    const check = url(call, addresses.designerPart, { draft: tried.read.draft.id, part: 'check' })
    return showPage(
      call,
      <StaffLayout title={title}>
        <Empty
          title={partWord(call.locale, 'record-unready')}
          level={2}
          action={<LinkButton href={check}>{partWord(call.locale, 'tab-check')}</LinkButton>}
        >
          {partWord(call.locale, 'record-unready-next')}
        </Empty>
      </StaffLayout>,
    )
  }
  const bar = <PreviewBar call={call} tried={tried} as={as} />
  const content = await contentOf(call, tried, as)
  return showPage(
    call,
    as === 'sheet' || as === 'form' ? (
      <CitizenLayout title={title} unlisted>
        {bar}
        {content}
      </CitizenLayout>
    ) : (
      <StaffLayout title={title}>
        {bar}
        {content}
      </StaffLayout>
    ),
  )
}

/** Whose eyes it is seen with, and the way back. */
function PreviewBar({ call, tried, as }: { call: Call; tried: Tried; as: ViewName }) {
  const word = (key: Parameters<typeof partWord>[1]) => partWord(call.locale, key)
  const { draft } = tried.read
  return (
    <div className="stack">
      <Crumbs
        links={[
          {
            label: word('preview-back'),
            href: url(call, addresses.designerPart, { draft: draft.id, part: 'sheet' }),
          },
        ]}
      />
      <Note small>{word('preview-note')}</Note>
      <Segments
        label={word('preview')}
        links={views.map(view => ({
          label: word(`preview-${view}`),
          href: url(call, addresses.designerPreview, { draft: draft.id, as: view }),
          current: view === as,
        }))}
      />
      <Head title={inLocale(draft.name, call.locale)} />
    </div>
  )
}

async function contentOf(call: Call, tried: Tried, as: ViewName): Promise<ReactNode> {
  const { service, definition } = tried.trial as NonNullable<Tried['trial']>
  const today = dateIn(call.now, call.town.timeZone)
  if (as === 'form') return <CitizenForm tried={tried} today={today} page={call.query.page} />
  if (as === 'clerk') return <ClerkDesk tried={tried} today={today} />
  if (as === 'officer') return <OfficerDesk tried={tried} today={today} step={call.query.step} />
  const { offices, amounts } = await read(call, async tx => ({
    offices: await officesOf(tx),
    amounts: await amountsOn(tx, today),
  }))
  const sheet = {
    service,
    fees: sheetFees(service, amounts, today),
    offices: new Map(offices.map(office => [office.code, office.name])),
    today,
    timeConfirmed: definition.guide.time.confirmed,
  }
  return <ServiceSheet sheet={sheet} summary={inLocale(definition.summary, call.locale)} />
}

/** The paper, made out to nobody with the answers of the first example. */
async function showPaper(call: Call, { trial }: Tried): Promise<Response> {
  const output =
    trial?.definition.outputs.find(each => each.id === call.query.output) ?? trial?.definition.outputs[0]
  if (!trial || !output) throw new NotFound('no-such-page')
  const facts = exampleAnswers(trial.definition)
  const pdf = await read(call, tx =>
    specimenPaper(tx, call.house, {
      template: output.template,
      title: output.name.ar,
      validDays: output.validDays,
      signer: nameOf('ar', 'role', output.signer),
      data: {
        ...facts,
        ...(output.template === 'paper' && { sheet: sheetOf(trial.service, output, facts) }),
      },
    }),
  )
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'content-disposition': 'inline; filename="specimen.pdf"',
    },
  })
}
