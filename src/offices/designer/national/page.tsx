import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { BadRequest } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  Button,
  ChoiceField,
  Crumbs,
  Form,
  Head,
  Note,
  Pane,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, param, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { Differences } from '../service/differences.tsx'
import { designerText, designerTexts } from '../strings.ts'
import { takeNational, takeNewer } from './acts.ts'
import { type Choice, nationalUpdate, newerVersion, type Update } from './merge.ts'

/** GET: what a newer national version changes here, and what both sides changed; with `draft`, the same of a version published since. */
export async function showNational(call: Call): Promise<Response> {
  const code = param(call, 'code')
  const draftId = call.query.draft
  if (draftId && !isId(draftId)) throw new BadRequest('bad-address')
  const update = await read(call, tx => (draftId ? newerVersion(tx, draftId) : nationalUpdate(tx, code)))
  const name = inLocale(update.ours.definition.name, call.locale)
  const title = designerText(call.locale, draftId ? 'behind-title' : 'national-page', { name })
  const sub = designerText(call.locale, draftId ? 'behind-sub' : 'national-page-sub', {
    from: update.from,
    to: update.theirs.version,
    newest: update.theirs.version,
  })
  const isBlocked = !draftId && update.draft !== undefined
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs
        links={[
          { label: designerText(call.locale, 'title'), href: url(call, addresses.designer) },
          { label: name, href: url(call, addresses.designerService, { code }) },
        ]}
      />
      <Head title={title} sub={sub} />
      <Stack>
        {isBlocked && update.draft && (
          <Note tone="honey">
            {designerText(call.locale, 'national-open')}{' '}
            <a href={url(call, addresses.designerDraft, { draft: update.draft.id })}>
              {designerText(call.locale, 'open-it')}
            </a>
          </Note>
        )}
        <Taken update={update} />
        {may(call.visitor.actor, 'catalogue.write') && !isBlocked && (
          <Take update={update} draftId={draftId} />
        )}
      </Stack>
    </StaffLayout>,
  )
}

function Taken({ update: { taken } }: { update: Update }) {
  const t = useTexts(designerTexts)
  return (
    <section className="stack" aria-labelledby="taken">
      <h2 id="taken">{t('national-taken')}</h2>
      {taken.length === 0 ? <p className="mut">{t('national-taken-none')}</p> : <Differences of={taken} />}
    </section>
  )
}

function Take({ update, draftId }: { update: Update; draftId: string | undefined }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Form
      action={page.url(addresses.designerNational, { code: update.code })}
      hidden={{ draft: draftId }}
      label={t('national-make')}
    >
      {update.choices.length > 0 && (
        <Pane id="choices" title={t('national-conflicts')} icon="warn">
          {update.choices.map((choice, at) => (
            <ChoiceOf key={choice.id} choice={choice} at={at} />
          ))}
        </Pane>
      )}
      <p className="mt">
        <Button icon="dl">{t(draftId ? 'behind-take' : 'national-make')}</Button>
      </p>
    </Form>
  )
}

function ChoiceOf({ choice, at }: { choice: Choice; at: number }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const [first] = choice.words
  return (
    <ChoiceField
      name={`choice-${at}`}
      label={first ? local(first.words) : choice.id}
      value="ours"
      options={[
        { value: 'ours', label: t('national-ours'), hint: first?.before && local(first.before) },
        {
          value: 'theirs',
          label: t('national-theirs'),
          hint: first?.after ? local(first.after) : t('national-gone'),
        },
      ]}
    />
  )
}

/** POST: makes the update a draft, or takes it into the draft there is. */
export async function saveNational(call: Call): Promise<Response> {
  const code = param(call, 'code')
  const asked = typedText(call, 'draft')
  const by = actorKey(call.visitor.actor)
  const answer = await write(call, async tx => {
    const { choices } = asked ? await newerVersion(tx, asked) : await nationalUpdate(tx, code)
    const theirs = choices.filter((_, at) => typedText(call, `choice-${at}`) === 'theirs').map(({ id }) => id)
    if (asked) await takeNewer(tx, { draftId: asked, theirs, by })
    const draft = asked || (await takeNational(tx, { code, theirs, by }))
    return { redirect: url(call, addresses.designerDraft, { draft }) }
  })
  flash(call, { text: designerText(call.locale, 'national-made') })
  return answer
}
