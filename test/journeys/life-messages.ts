import { messagesOfRequest, receive } from '../../src/offices/messaging/index.ts'
import { aProvider } from '../builders/messages.ts'
import type { Life } from './life.ts'
import type { PeopledTown } from './peopled.ts'

/** What the message office has to show one by one. */
export type MessagesLife = {
  /** A message that went out on a request. */
  message: string
  provider: string
  /** A text nobody understood. */
  text: string
}

/** Lets a request's messages go out, adds somebody who carries them, and a text that waits for a clerk. */
export async function messagesOf(town: PeopledTown, life: Life): Promise<MessagesLife> {
  await town.settle()
  const place = { house: town.house, town: town.town.id }
  const settings = { url: 'http://10.0.0.5:13013/cgi-bin/sendsms', sender: 'Baladiya' }
  const { id: provider } = await aProvider(place, { name: 'جوال', dialect: 'kannel', settings })
  return town.write(async tx => {
    const [said] = await messagesOfRequest(tx, life.requests.referred)
    const sms = { from: '0599 444 334', to: '1', text: 'هل يصلح عقد إيجار قديم؟', at: tx.now }
    const { id } = await receive(tx, town.bench, { provider: 'test', providerRef: 'walked', ...sms })
    if (!said || !id) throw new Error('nothing was said, or nothing heard')
    return { message: said.id, provider, text: id }
  })
}
