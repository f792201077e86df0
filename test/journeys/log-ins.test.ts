import { beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { ar as signOn } from '../../src/offices/people/sign-on/strings.ar.ts'
import { ar as staffing } from '../../src/offices/people/staffing/strings.ar.ts'
import { ar as ways } from '../../src/offices/people/ways-in/strings.ar.ts'
import { checkAccess } from '../browser.ts'
import { anOidcProvider, freePort } from '../builders/oidc/index.ts'
import { aJourneyTown, type JourneyTown, type Post } from './town.ts'
import { aVisitor, desk, leaving, logInStaff, phone, seen, type Visitor } from './visitor.ts'
import { words } from './words.ts'

let town: JourneyTown
beforeAll(async () => {
  town = await aJourneyTown()
})

const office = 'service-centre'

/** Somebody of the staff at a browser of their own, inside. */
async function inside(post: Post): Promise<Visitor> {
  const visitor = await aVisitor(town)
  await visitor.go(addresses.staffLogIn, {})
  await logInStaff(visitor, town, post)
  return visitor
}

/** Looks at a page that no walk leads to, on a telephone and on a desk; gives what keeps anybody out. */
async function look(visitor: Visitor, name: string): Promise<unknown[]> {
  const barriers: unknown[] = []
  for (const size of [phone, desk]) {
    await visitor.page.setViewportSize(size)
    await visitor.shot(`${name}-${size.width}`)
    barriers.push(...(await checkAccess(visitor.page)))
  }
  return barriers
}

/** A browser whose computer has an authenticator that knows its owner's finger. Passkeys belong to a name, not to a number. */
async function withAuthenticator(): Promise<Visitor> {
  const visitor = await aVisitor({ ...town, base: town.base.replace('127.0.0.1', 'localhost') })
  const devtools = await visitor.context.newCDPSession(visitor.page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return visitor
}

async function addClerk(admin: Visitor, login: string, name: string): Promise<string> {
  await admin.go(addresses.staffNew, {})
  await admin.fill(staffing['form-name'], name)
  await admin.page.locator('[name=login]').fill(login)
  await admin.page.locator('[name=office]').selectOption(office)
  await admin.page.locator('[name=role]').selectOption('clerk')
  await admin.page.locator('[name=reason]').fill('موظفة جديدة في المركز')
  await admin.shot('staff-new')
  await admin.press(staffing['form-add'])
  expect(await look(admin, 'staff-slip')).toEqual([])
  const slip = await admin.page.getByRole('group', { name: staffing['slip-secret'] }).textContent()
  return slip?.trim() ?? ''
}

describe('a new clerk', () => {
  test('takes a password from the administrator’s hand, makes a passkey of her own, and comes in by it alone', async () => {
    const admin = await inside('admin')
    const password = await addClerk(admin, 'rana', 'رنا النجار')
    const rana = await withAuthenticator()
    await rana.go(addresses.staffLogIn, {})
    await rana.fill(words.people.login, 'rana')
    await rana.fill(words.people.password, password)
    await rana.press(words.people['log-in'])
    await rana.page.locator('[name=password]').fill('زيتون على التل الغربي')
    await rana.page.locator('[name=again]').fill('زيتون على التل الغربي')
    expect(await look(rana, 'staff-first')).toEqual([])
    await leaving(rana.page, () => rana.button(ways['add-passkey']).click())
    await seen(rana.page.getByText(ways['codes-once']))
    expect(await look(rana, 'staff-codes')).toEqual([])
    expect(await rana.page.locator('.secrets li').count()).toBe(10)
    await rana.follow(ways['codes-on'])
    expect(rana.page.url()).toContain(addresses.inbox.pattern)
    await rana.go(addresses.mySecurity, {})
    await seen(rana.page.getByText(ways['passkey-one']))
    expect(await look(rana, 'staff-security')).toEqual([])
    await rana.press('اخرج')
    await rana.go(addresses.staffLogIn, {})
    await rana.shot('staff-log-in')
    await leaving(rana.page, () => rana.button(ways['log-in-passkey']).click())
    await rana.page.waitForURL(url => url.pathname === addresses.inbox.pattern)
    expect([...rana.troubles, ...admin.troubles]).toEqual([])
    await Promise.all([rana.context.close(), admin.context.close()])
  }, 120_000)
})

describe('a leaver', () => {
  test('is cut off in the middle of her work; what she wrote goes to a colleague, who sends it', async () => {
    const admin = await inside('admin')
    const planner = await inside('planner')
    await planner.go(addresses.myDesk, {})
    await planner.page.locator('[name=text]').fill('أحضر مخطط المساحة المصدّق')
    const { id, name } = town.staff.planner
    await admin.go(addresses.staffMember, { staff: id })
    await admin.shot('staff-one')
    await admin.follow(staffing['one-leave'])
    await admin.shot('staff-leave')
    await admin.press(staffing['leave-verb'])
    await seen(admin.page.getByText(staffing['left-done'].replace('{name}', name.ar)))
    await leaving(planner.page, () => planner.page.locator('form:has([name=text]) button').click())
    expect(planner.page.url()).toContain(addresses.staffLogIn.pattern)
    await logInStaff(planner, town, 'planner')
    await seen(planner.page.getByText(words.ui['fault-staff-log-in']).first())
    await admin.go(addresses.staffMember, { staff: id })
    await admin.page.locator('[name=to]').selectOption({ label: town.staff.clerk.name.ar })
    expect(await look(admin, 'staff-left')).toEqual([])
    await admin.press(staffing['one-forms-hand'])
    const clerk = await inside('clerk')
    await clerk.go(addresses.myDesk, {})
    expect(await look(clerk, 'staff-desk')).toEqual([])
    await clerk.follow(words.staff['desk-handed-open'])
    expect(await look(clerk, 'staff-handed')).toEqual([])
    await clerk.press(words.door['parked-continue'])
    await seen(clerk.page.getByText('أحضر مخطط المساحة المصدّق').first())
    expect([...planner.troubles, ...admin.troubles, ...clerk.troubles]).toEqual([])
    await Promise.all([planner, admin, clerk].map(each => each.context.close()))
  }, 120_000)
})

describe('single sign-on', () => {
  test('is set up by the administrator, turned on by the mayor, and lets in a clerk by the ministry’s word', async () => {
    const port = await freePort()
    const admin = await inside('admin')
    const client = { client_id: 'shubbak', client_secret: 'a secret the two of us know' }
    // The provider is told where people come back to once we know it; it is asked first whether it is there.
    const before = await anOidcProvider(port, [{ ...client, redirect_uris: [`${town.base}/`] }])
    await admin.go(addresses.signOnProviderNew, {})
    await admin.page.locator('[name=name]').fill('حساب الوزارة')
    await admin.page.locator('[name=issuer]').fill(before.issuer)
    await admin.page.locator('[name=clientId]').fill(client.client_id)
    await admin.page.locator('[name=secret]').fill(client.client_secret)
    await admin.shot('sign-on-new')
    await admin.press(signOn['form-save'])
    const id = new URL(admin.page.url()).pathname.split('/').at(-1) ?? ''
    const back = await admin.page.locator('.listing').first().textContent()
    await before.control({ clients: [{ ...client, redirect_uris: [back?.trim()] }] })
    await admin.page.locator('[name=reason]').fill('اتفاق مع الوزارة')
    expect(await look(admin, 'sign-on-one')).toEqual([])
    await admin.press(signOn['switch-propose'])
    const mayor = await inside('mayor')
    await mayor.page.goto(admin.page.url())
    expect(await look(mayor, 'staff-proposal')).toEqual([])
    await mayor.press(staffing['proposal-approve'])
    const { login } = town.staff.clerk
    await before.control({ accounts: { 'ministry-7': { preferred_username: login } }, account: null })
    const clerk = await aVisitor(town)
    await clerk.go(addresses.staffLogIn, {})
    expect(await look(clerk, 'staff-log-in-sign-on')).toEqual([])
    await leaving(clerk.page, () => clerk.page.locator(`a[href*="${id}"]`).click())
    await clerk.page.getByLabel('Account').fill('ministry-7')
    await leaving(clerk.page, () => clerk.page.getByRole('button', { name: 'Enter' }).click())
    await clerk.page.waitForURL(url => url.pathname === addresses.inbox.pattern)
    await clerk.press('اخرج')
    await seen(clerk.page.getByText(signOn['leave-there']))
    expect([...mayor.troubles, ...admin.troubles, ...clerk.troubles]).toEqual([])
    await Promise.all([mayor, admin, clerk].map(each => each.context.close()))
  }, 120_000)
})
