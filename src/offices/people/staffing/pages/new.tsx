import { addresses } from '../../../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  LinkButton,
  NationalIdField,
  Note,
  Pane,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { indexId, normaliseIdNumber } from '../../identity.ts'
import type { Office, StaffMember } from '../../model.ts'
import { getStaffMember, officesOf, todayOf } from '../../offices.ts'
import { addStaff } from '../../staff.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { findHuman } from '../list.ts'
import { isPower } from '../power.ts'
import { propose } from '../proposals.ts'
import { readHuman, readPost, readReason } from '../read.ts'
import { staffingText, staffingTexts } from '../strings.ts'
import { type FormView, PostFields } from './post-fields.tsx'
import { logInAt, type Slip, SlipPage } from './slip.tsx'

/** GET: the form for somebody new. */
export const showNew = (call: Call): Promise<Response> => draw(call, [])

async function draw(call: Call, faults: readonly Fault[], there?: string): Promise<Response> {
  const { offices, known } = await read(call, async tx => ({
    offices: await officesOf(tx),
    known: there === undefined ? undefined : await getStaffMember(tx, there),
  }))
  const typed = (name: string) => typedText(call, name)
  return showPage(
    call,
    <NewPage typed={typed} faults={faults} offices={offices} known={known} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** Somebody has this number, login or address already. */
class Taken extends InvalidInput {
  readonly staffId: string
  constructor(fault: Fault, staffId: string) {
    super([fault])
    this.staffId = staffId
  }
}

/** POST: adds somebody, or proposes it where the post gives power. */
export async function saveNew(call: Call): Promise<Response> {
  const typed = (name: string) => typedText(call, name)
  const { offices, today } = await read(call, async tx => ({
    offices: (await officesOf(tx)).map(({ code }) => code),
    today: await todayOf(tx),
  }))
  const human = readHuman(typed)
  const post = readPost(typed, { offices, today })
  const reason = readReason(typed)
  if (!human.ok || !post.ok || !reason.ok)
    return draw(
      call,
      [human, post, reason].flatMap(each => (each.ok ? [] : each.faults)),
    )
  const by = { kind: 'staff' as const, id: staffIdOf(call) }
  const { idNumber, ...who } = human.value
  const number = normaliseIdNumber('palestinian-id', idNumber)
  let slip: Slip | undefined
  try {
    const answer = await write(call, async tx => {
      const keys = { tx, crypto: call.house.crypto }
      const idIndex = number === '' ? undefined : indexId(keys, 'palestinian-id', number)
      const taken = await findHuman(tx, { idIndex, login: who.login, email: who.email })
      if (taken) throw new Taken(takenFault(taken.by), taken.staffId)
      if (isPower(post.value.role)) {
        const what = { ...post.value, ...who, ...(idIndex && { idIndex: idIndex.toString('base64url') }) }
        const id = await propose(tx, { kind: 'add', what, reason: reason.value, by: by.id })
        return { redirect: url(call, addresses.staffProposal, { proposal: id }) }
      }
      const { from, until, ...rest } = post.value
      const { name, nameEn, title } = who
      const added = await addStaff(
        tx,
        call.house,
        {
          ...rest,
          login: who.login,
          email: who.email,
          idIndex,
          handedOut: true,
          validFrom: from,
          validUntil: until,
          name: { ar: name, en: nameEn || name },
          title: { ar: title, en: title },
        },
        by,
      )
      slip = {
        staffId: added.staffId,
        name,
        login: who.login,
        secret: added.password,
        part: 'whole',
        at: logInAt(call),
      }
      return { redirect: url(call, addresses.staffMember, { staff: added.staffId }) }
    })
    if (slip) return showPage(call, <SlipPage {...slip} />)
    const key = isPower(post.value.role) ? 'proposal-made' : 'slip-already'
    flash(call, { text: staffingText(call.locale, key), tone: 'info' })
    return answer
  } catch (error) {
    if (error instanceof Taken) return draw(call, error.faults, error.staffId)
    if (error instanceof InvalidInput) return draw(call, error.faults)
    throw error
  }
}

const takenFault = (by: 'id' | 'login' | 'email'): Fault =>
  by === 'id'
    ? { field: 'idNumber', code: 'id-taken' }
    : by === 'login'
      ? { field: 'login', code: 'login-taken' }
      : { field: 'email', code: 'email-taken' }

type View = FormView & { offices: readonly Office[]; known: StaffMember | undefined }

function NewPage(view: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const { typed, faults, known } = view
  const of = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  return (
    <StaffLayout title={t('new-title')} faults={faults}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.staffList) }]} />
      <Head title={t('new-title')} sub={t('new-sub')} />
      {known && faultOf(faults, 'idNumber') && (
        <div className="mb-s">
          <Note tone="honey">
            {t('there-id', { name: known.name[page.locale] })}{' '}
            <a href={page.url(addresses.staffMember, { staff: known.id })}>
              {t('there-open', { name: known.name[page.locale] })}
            </a>
          </Note>
        </div>
      )}
      <Form action={page.url(addresses.staffNew)}>
        <Zones kind="half">
          <Pane id="human" title={t('list-name')} icon="user">
            <TextField {...of('name')} label={t('form-name')} maxLength={100} />
            <TextField {...of('nameEn')} label={t('form-name-en')} maxLength={100} ltr optional />
            <TextField {...of('title')} label={t('form-title')} maxLength={100} optional />
            <NationalIdField {...of('idNumber')} label={t('form-id')} hint={t('form-id-hint')} optional />
            <TextField
              {...of('login')}
              label={t('form-login')}
              hint={t('form-login-hint')}
              maxLength={60}
              width="mid"
              spellCheck={false}
              ltr
            />
            <TextField
              {...of('email')}
              label={t('form-email')}
              hint={t('form-email-hint')}
              maxLength={200}
              inputMode="email"
              spellCheck={false}
              ltr
              optional
            />
          </Pane>
          <Pane id="post" title={t('form-post')} icon="desk">
            <PostFields {...view} />
          </Pane>
        </Zones>
        <div className="row mt">
          <Button icon="check">{t('form-add')}</Button>
          <LinkButton href={page.url(addresses.staffList)} variant="plain" hotkey="Escape">
            {t('title')}
          </LinkButton>
        </div>
      </Form>
    </StaffLayout>
  )
}
