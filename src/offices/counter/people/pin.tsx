import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import { BadRequest } from '../../../lib/errors.ts'
import { maskId } from '../../../lib/national-id.ts'
import { LinkButton, Note, PinSlip, SheetPage, usePage, useRichTexts, useTexts } from '../../../ui/index.ts'
import { type Call, idParam, publicUrl, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, type Route, route, staff } from '../../../web/route.ts'
import { setPin } from '../../people/index.ts'
import { type Standing, standingOf } from '../case/open.ts'
import { byOf } from '../clerk.ts'
import { counterText, counterTexts } from '../strings.ts'
import { hang } from '../visit/hang.ts'
import { showPerson } from './person.tsx'

export const pinRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.counterPin,
    access: staff('person.register'),
    audit: acts('people.pin-set'),
    handle: givePin,
  }),
]

/**
 * Gives a new PIN and shows it on the slip once. The same form sent again gives no other PIN and does not show this one: it leads back to
 * the person and says that it was given.
 */
async function givePin(call: Call): Promise<Response> {
  if (typedText(call, 'cardSeen') !== 'yes')
    return showPerson(call, [{ field: 'cardSeen', code: 'identity-unseen' }], 422)
  const personId = idParam(call, 'person')
  const standing = await read(call, tx => standingOf(tx, call, personId))
  if (standing.idNumber === undefined) throw new BadRequest('pin-without-id')
  let pin: string | undefined
  const answer = await write(call, async tx => {
    pin = await setPin(tx, personId, byOf(call))
    await hang(tx, call, 'pin.given', { personId })
    return { redirect: `${url(call, addresses.counterPerson, { person: personId })}#pin` }
  })
  if (pin === undefined) {
    flash(call, { text: counterText(call.locale, 'pin-already'), tone: 'info' })
    return answer
  }
  return showPage(call, <SlipPage of={standing} pin={pin} logIn={publicUrl(call, addresses.citizenLogIn)} />)
}

function SlipPage({ of, pin, logIn }: { of: Standing; pin: string; logIn: string }) {
  const t = useTexts(counterTexts)
  const rich = useRichTexts(counterTexts)
  const page = usePage()
  const { person, idNumber = '' } = of
  return (
    <SheetPage
      side="staff"
      title={t('pin-slip-title')}
      sub={t('pin-slip-sub')}
      note={
        <div className="mt-s">
          <Note tone="honey">{t('pin-once')}</Note>
        </div>
      }
      actions={
        <>
          <LinkButton href="#slip" icon="print" hotkey="F9">
            {t('print')}
          </LinkButton>
          <LinkButton
            href={page.url(addresses.counterPerson, { person: person.id })}
            variant="plain"
            hotkey="Escape"
          >
            {t('pin-done')}
          </LinkButton>
        </>
      }
    >
      <PinSlip
        id="slip"
        title={t('pin-slip')}
        person={person.displayName}
        facts={[
          { label: t(`id-${person.idKind}`), value: maskId(idNumber) },
          { label: t('date'), value: shortDate(page.now, page) },
        ]}
        pin={pin}
        codeLabel={t('pin-code')}
        fold={t('pin-fold')}
        steps={[
          rich('pin-step-1', { address: <bdi dir="ltr">{logIn}</bdi> }),
          t('pin-step-2'),
          t('pin-step-3'),
        ]}
        foot={t('pin-foot')}
      />
    </SheetPage>
  )
}
