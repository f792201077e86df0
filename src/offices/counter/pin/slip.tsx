import { randomInt } from 'node:crypto'
import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import { maskId } from '../../../lib/national-id.ts'
import { LinkButton, Note, PinSlip, SheetPage, usePage, useRichTexts, useTexts } from '../../../ui/index.ts'
import { type Call, publicUrl, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type Standing, standingOf } from '../case/open.ts'
import { clerkOf } from '../clerk.ts'
import { windowOf } from '../scans/store.ts'
import { counterTexts } from '../strings.ts'
import { pinTexts } from './strings.ts'

/** The slip as it is printed: shown to a clerk once, with the code covered on the screen. */
export async function showSlip(call: Call, personId: string, pin: string): Promise<Response> {
  const view = await read(call, async tx => ({
    of: await standingOf(tx, call, personId),
    window: await windowOf(tx, clerkOf(call).staffId),
  }))
  return showPage(call, <SlipPage {...view} pin={pin} logIn={publicUrl(call, addresses.citizenLogIn)} />)
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('')
/** Lines of digits that mean nothing: against the light they run into those of the code. */
const coverLines = (): string[] => Array.from({ length: 9 }, () => digits(26))

type Slip = { of: Standing; pin: string; logIn: string; window: number | undefined }

function SlipPage({ of, pin, logIn, window }: Slip) {
  const t = useTexts(pinTexts)
  const counter = useTexts(counterTexts)
  const rich = useRichTexts(pinTexts)
  const page = usePage()
  const { person, idNumber = '' } = of
  return (
    <SheetPage
      side="staff"
      title={t('slip-title')}
      sub={t('slip-sub')}
      note={
        <div className="mt-s">
          <Note tone="honey">{t('once')}</Note>
        </div>
      }
      actions={
        <>
          <LinkButton href="#slip" icon="print" hotkey="F9">
            {counter('print')}
          </LinkButton>
          <LinkButton
            href={page.url(addresses.counterPerson, { person: person.id })}
            variant="plain"
            hotkey="Escape"
          >
            {t('done')}
          </LinkButton>
        </>
      }
    >
      <div className="papers2">
        <PinSlip
          id="slip"
          title={t('slip')}
          person={person.displayName}
          facts={[
            { label: counter(`id-${person.idKind}`), value: maskId(idNumber) },
            { label: counter('date'), value: shortDate(page.now, page) },
            ...(window === undefined ? [] : [{ label: t('window'), value: String(window), strong: true }]),
          ]}
          pin={pin}
          codeLabel={t('code')}
          folds={[t('fold-first'), t('fold-second')]}
          steps={[rich('step-1', { address: <bdi dir="ltr">{logIn}</bdi> }), t('step-2'), t('step-3')]}
          foot={t('foot')}
          cover={coverLines()}
        />
      </div>
    </SheetPage>
  )
}
