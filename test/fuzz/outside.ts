import { openSecret } from '../../src/offices/messaging/carriers/store.ts'
import { addProvider, findProvider, type ProviderInput } from '../../src/offices/messaging/providers/store.ts'
import { saveProvider, turnOn } from '../../src/offices/people/sign-on/providers.ts'
import type { PeopledTown } from '../journeys/peopled.ts'
import type { Base } from './input.ts'

const kannel: ProviderInput = {
  name: 'kannel',
  dialect: 'kannel',
  weight: 100,
  rate: undefined,
  dailyParts: undefined,
  isOn: false,
  price: { milli: 4500, currency: 'ILS' },
  settings: { url: 'http://127.0.0.1:9/cgi-bin/sendsms', sender: 'Dura' },
}
const gateway: ProviderInput = {
  ...kannel,
  name: 'gateway',
  dialect: 'http',
  settings: {
    shape: 'described',
    url: 'http://127.0.0.1:9/send',
    sender: 'Dura',
    fields: { to: '{to}' },
    answers: { accepted: ['ok'] },
    reports: {
      ref: 'data.id',
      state: 'data.state',
      delivered: ['DONE'],
      failed: ['FAILED'],
      hard: ['ABSENT'],
    },
    incoming: { from: 'msisdn', text: 'body', ref: 'id' },
  },
}

/** Programs of others that call the town: two message providers and a provider of single sign-on; gives what they would send. */
export async function fromOutside({ house, town, write, read, staff }: PeopledTown): Promise<Base[]> {
  const nothing = { user: '', password: '', token: '' }
  const wordOf = async (input: ProviderInput) => {
    const id = await write(tx => addProvider(tx, house, input, nothing))
    const provider = await read(tx => findProvider(tx, id))
    return provider ? openSecret(house, town.id, provider).hook : ''
  }
  const [ofKannel, ofGateway] = [await wordOf(kannel), await wordOf(gateway)]
  const signOn = await write(tx =>
    saveProvider(
      tx,
      house,
      {
        name: { ar: 'الوزارة', en: 'Ministry' },
        issuer: 'http://127.0.0.1:9',
        clientId: 'town',
        forStaff: true,
        forCitizens: true,
        staffBy: 'email',
        staffClaim: 'email',
        citizenClaim: 'id',
        acr: ['high'],
        scope: 'openid',
      },
      { secret: 'a secret of nobody', by: { kind: 'staff', id: staff.admin.id } },
    ),
  )
  await write(tx => turnOn(tx, signOn, { kind: 'staff', id: staff.admin.id }))
  const at = { who: 'anybody', method: 'get' }
  const report = (token: string) => ({
    ...at,
    route: '/hooks/messages/:token/report',
    path: `/hooks/messages/${token}/report`,
  })
  const text = (token: string) => ({
    ...at,
    route: '/hooks/messages/:token/incoming',
    path: `/hooks/messages/${token}/incoming`,
  })
  const answer: [string, string][] = [
    ...([
      ['code', 'x'],
      ['state', 'x'],
      ['iss', 'http://127.0.0.1:9'],
      ['error', ''],
      ['session_state', 'x'],
    ] as [string, string][]),
  ]
  const back = (route: string) => ({ ...at, route, path: route.replace(':provider', signOn), query: answer })
  return [
    {
      ...report(ofKannel),
      query: [
        ['ref', '019d0000-0000-7000-8000-000000000001.1'],
        ['kind', '1'],
      ],
    },
    {
      ...text(ofKannel),
      query: [
        ['from', '+970599000001'],
        ['to', '1771'],
        ['text', 'طلب 12'],
        ['charset', 'UTF-8'],
        ['coding', '2'],
        ['ref', 'r1'],
      ],
    },
    { ...report(ofGateway), method: 'post', json: { data: { id: 'g1', state: 'DONE' } } },
    {
      ...report(ofGateway),
      method: 'post',
      fields: [
        ['data.id', 'g1'],
        ['data.state', 'FAILED'],
      ],
    },
    { ...text(ofGateway), method: 'post', json: { msisdn: '0599000002', body: 'طلب 12', id: 'g2' } },
    {
      ...text(ofGateway),
      method: 'post',
      fields: [
        ['msisdn', '0599000002'],
        ['body', 'طلب 12'],
        ['id', 'g3'],
      ],
    },
    {
      ...at,
      method: 'post',
      route: '/hooks/sign-on/:provider/logout',
      path: `/hooks/sign-on/${signOn}/logout`,
      fields: [['logout_token', 'a.b.c']],
    },
    back('/office/sign-on/:provider/back'),
    back('/my/sign-on/:provider/back'),
  ]
}
