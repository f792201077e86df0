import { describe, expect, test } from 'vitest'
import { type Source, sources, withoutComments } from './sources.ts'

/** Handlers that ask as the house instead of within their visitor's reach: why no route could say it. */
const pastTheReach: Record<string, string> = {
  'src/offices/archive/uploads/finish.ts':
    'an upload is found by its sender’s own key alone, and filed where its purpose says',
  'src/offices/payments/answer.ts':
    'a bank’s answer is taken by its signature; the bank is nobody of the town',
  'src/offices/people/sign-on/pages/end.ts': 'a provider ends log-ins by its signature; the route says so',
  'src/offices/people/sign-on/pages/go.ts': 'a provider’s answer is spent once; the route says so',
  'src/offices/requests/mandates/one.tsx': 'a wrong code stays counted, and accepting writes to both sides',
  'src/offices/requests/staff/live.ts': 'a stream asks whether its own log-in and hearing still stand',
}

/** Files that may ask for the house's reach within a visitor's transaction. Each call says why beside it. */
const asHouse: Record<string, string> = {
  'src/offices/api/people.ts': 'a portal shows a person every use of their data',
  'src/offices/destruction/pages/act-posts.ts': 'minutes and certificates of the town’s own acts',
  'src/offices/destruction/pages/find-held.ts':
    'whether there is something under a number that is to be held',
  'src/offices/looks/gate.ts': 'the gate that opens a file by a cause',
  'src/offices/messaging/numbers/codes.ts': 'codes to one number, whoever asks',
  'src/offices/oversight/open/figures.ts': 'counts that name nobody',
  'src/offices/people/mandates/acts.ts': 'both sides of a mandate',
  'src/offices/people/mandates/store.ts': 'both sides of a mandate',
  'src/offices/people/pages/cookies.ts': 'a session that goes on under a new token',
  'src/offices/people/phones/shared.ts': 'who else uses a number',
  'src/offices/rights/consents/hall.ts': 'first names of those who agreed to stand on the screen',
  'src/offices/rights/consents/pages/manage.tsx': 'how many agreed',
  'src/offices/requests/actions.ts': 'an act once its request was loaded',
  'src/offices/requests/file.ts': 'a filing',
  'src/offices/requests/surroundings.ts': 'what an act on a loaded request is decided on',
  'src/offices/requests/citizen/mine/store.ts': 'how often services are asked for',
  'src/offices/requests/citizen/filing/for-whom.ts': 'a principal named by number and family name',
  'src/offices/requests/mandates/give.ts': 'an agent named by number and family name',
  'src/offices/rights/correction/pages/decide.ts': 'a proof of a correction, for whoever decides it',
}

const spoken = /\bdatabase\s*\.(read|write)\(\s*call\.town/
/** A call taken apart into house and town, as a parameter or by a line of its own. */
const parted = /\bhouse\b[^)]{0,60}\}: (Pick<)?Call\b|const \{[^}]*\btown\b[^}]*\} = call/
const ofTheHouse = /\bhouse\.database\s*\.(read|write)\(\s*town\.id/

const past = (files: readonly Source[]): string[] =>
  files
    .filter(({ text }) => {
      const code = withoutComments(text)
      return spoken.test(code) || (parted.test(code) && ofTheHouse.test(code))
    })
    .map(({ path }) => path)

const housed = (files: readonly Source[]): string[] =>
  files.filter(({ text }) => /\.asHouse\(/.test(withoutComments(text))).map(({ path }) => path)

const silent = (files: readonly Source[]): string[] =>
  files
    .filter(({ text }) => /\.asHouse\(\s*(\)|'.{0,14}')/.test(withoutComments(text)))
    .map(({ path }) => path)

describe('a handler', () => {
  const files = sources('src/offices/**/*.{ts,tsx}')

  test('reads and writes within the reach of its visitor', () => {
    expect(past(files).filter(path => !(path in pastTheReach))).toEqual([])
  })

  test('asks as the house only where the list says so, and says why', () => {
    expect(housed(files).sort()).toEqual(Object.keys(asHouse).sort())
    expect(silent(files)).toEqual([])
  })

  test('is caught when it does either', () => {
    const planted = (text: string) => [{ path: 'src/offices/x/page.tsx', text }]
    expect(past(planted('await call.house.database.read(call.town.id, tx => all(tx))'))).toHaveLength(1)
    const apart = 'const { house, town } = call\nawait house.database.write(town.id, tx => all(tx))'
    expect(past(planted(apart))).toHaveLength(1)
    const given = 'async ({ house, town }: Call) => house.database.read(town.id, tx => all(tx))'
    expect(past(planted(given))).toHaveLength(1)
    expect(housed(planted(`all(tx.asHouse('because'))`))).toHaveLength(1)
    expect(silent(planted(`all(tx.asHouse('because'))`))).toHaveLength(1)
  })
})
