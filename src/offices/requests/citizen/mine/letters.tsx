import { addresses } from '../../../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { translate } from '../../../../lib/texts.ts'
import {
  Button,
  DateText,
  FileField,
  Form,
  faultOf,
  LongTextField,
  Pane,
  Thread,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { aside, type Call, idParam, read, type Typed, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { admitForm, mostMegabytes } from '../../../archive/index.ts'
import { letterField, writeLetter } from '../../letters/acts.ts'
import { markLettersRead } from '../../letters/store.ts'
import { letterTexts } from '../../letters/words.ts'
import { endedStates } from '../../model.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { answerRequest, getMine, type RequestSheet } from './request.tsx'

/** Sends what the citizen writes to whoever has the request, with a file if they attach one. */
export async function sendLetter(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  // Whose request it is not learns nothing, and no file of theirs is taken in.
  await read(call, tx => getMine(tx, call, id))
  const { admitted, faults } = await admitForm(call, letterField.file)
  if (faults.length > 0) {
    const told = faults.map(
      ({ code, values }): Fault => ({
        field: letterField.file,
        code,
        values: { ...values, max: values?.megabytes ?? mostMegabytes },
      }),
    )
    return answerRequest(call, told, 422)
  }
  try {
    const answer = await write(call, async tx => {
      const { request } = await getMine(tx, call, id, true)
      await writeLetter(tx, call, request, citizenOf(call), {
        text: typedText(call, letterField.text),
        file: admitted[0],
      })
      return { redirect: `${url(call, addresses.myRequest, { id })}#letters` }
    })
    flash(call, { text: translate(citizenTexts, call.locale, 'letter-sent'), tone: 'olive' })
    return answer
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    return answerRequest(call, [...error.faults], 422)
  }
}

const textOf = (typed: Typed): string => {
  const text = typed[letterField.text]
  return typeof text === 'string' ? text : ''
}

/** A page that answered the form has its address; reloaded, it leads to the request. */
export const letterAgain = (call: Call): Response =>
  redirect(url(call, addresses.myRequest, { id: idParam(call, 'id') }))

/** Once the applicant has the page before them, what the town wrote counts as read. */
export async function noteLettersRead(call: Call, { request, letters }: RequestSheet): Promise<void> {
  const actor = citizenOf(call)
  if (!request.unread?.citizen) return
  await aside(call, tx =>
    markLettersRead(tx, request.id, { side: 'citizen', by: actor.personId, shown: letters }),
  )
}

/** The conversation with the town, and the box that answers. */
export function Letters({
  sheet,
  faults,
  typed,
}: {
  sheet: RequestSheet
  faults: readonly Fault[]
  typed: Typed
}) {
  const t = useTexts(citizenTexts)
  const say = useTexts(letterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, letters, writers } = sheet
  const open = !endedStates.includes(request.projection.state)
  if (!open && letters.length === 0) return null
  const isNew = request.unread?.citizen === true
  return (
    <Pane
      id="letters"
      icon="chat"
      title={t('letters-title')}
      end={isNew ? <b className="glass-c">{t('letters-new')}</b> : undefined}
    >
      {letters.length > 0 && (
        <Thread
          items={letters.map(letter => {
            const writer = writers.get(letter.from.id)
            const mine = letter.from.kind === 'citizen'
            return {
              id: letter.id,
              from: mine ? t('letters-you') : writer ? local(writer) : t('letters-town'),
              when: <DateText value={letter.at} form="moment" />,
              about: mine ? (
                <>
                  {letter.channel === 'sms' && <>{say('by-sms')} · </>}
                  {t(letter.readAt ? 'letters-read' : 'letters-waiting')}
                </>
              ) : undefined,
              mine,
              text: letter.text,
              file: letter.documentId
                ? { href: url(addresses.document, { id: letter.documentId }), label: t('letters-file') }
                : undefined,
            }
          })}
        />
      )}
      {open && (
        <Form action={url(addresses.myRequestLetters, { id: request.id })} files>
          <LongTextField
            name={letterField.text}
            label={t(letters.length > 0 ? 'letters-answer' : 'letters-ask')}
            hint={t('letters-hint')}
            rows={3}
            maxLength={2000}
            value={textOf(typed)}
            fault={faultOf(faults, letterField.text)}
          />
          <FileField
            name={letterField.file}
            label={t('letters-attach')}
            optional
            fault={faultOf(faults, letterField.file)}
            limit={t('file-limit', { max: mostMegabytes })}
          />
          <Button variant="quiet" icon="go">
            {t('letters-send')}
          </Button>
        </Form>
      )}
    </Pane>
  )
}
