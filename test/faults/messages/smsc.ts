import { closeSync, openSync, writeSync } from 'node:fs'
import smpp, { type PDU, type Session } from 'smpp'

/**
 * An SMSC as a process of its own, so that it lives on when a sender is killed. What it takes it writes into a ledger first, then it
 * answers: `node smsc.ts PORT LEDGER`, and told over its channel how to behave.
 */

export type Behaviour = {
  /** `mute` takes and never answers; `cut` takes and breaks the line before it answers; `dead` is not there. */
  mode: 'up' | 'mute' | 'cut' | 'dead'
  /** What is reported of what it took: nothing, once, or twice over and in an order that makes no sense. */
  reports: 'none' | 'once' | 'mad'
  /** How long it takes to answer. */
  delayMs: number
}

const [port = '0', ledgerPath = ''] = process.argv.slice(2)
const ledger = ledgerPath ? openSync(ledgerPath, 'a') : undefined
const behaviour: Behaviour = { mode: 'up', reports: 'none', delayMs: 0 }
const sessions = new Set<Session>()
let taken = 0
/** Of a life of its own: a server that starts again gives no reference twice. */
let given = Date.now() * 1000

const server = smpp.createServer(session => {
  sessions.add(session)
  session.on('close', () => sessions.delete(session))
  session.on('error', () => session.destroy())
  session.on('enquire_link', pdu => session.send(pdu.response()))
  session.on('unbind', pdu => {
    session.send(pdu.response())
    session.close()
  })
  session.on('bind_transceiver', pdu => session.send(pdu.response({ system_id: 'smsc' })))
  session.on('submit_sm', pdu => take(session, pdu))
})

function take(session: Session, pdu: PDU): void {
  taken += 1
  given += 1
  const id = String(given)
  const to = pdu.destination_addr ?? ''
  if (ledger !== undefined) writeSync(ledger, `${id} ${to} ${JSON.stringify(textOf(pdu))}\n`)
  if (behaviour.mode === 'cut') {
    session.destroy()
    return
  }
  if (behaviour.mode === 'mute') return
  const answer = () => {
    session.send(pdu.response({ message_id: id }))
    report(session, id, to)
  }
  if (behaviour.delayMs > 0) setTimeout(answer, behaviour.delayMs)
  else answer()
}

const textOf = (pdu: PDU): string => {
  const { message = '' } = pdu.short_message ?? pdu.message_payload ?? {}
  return typeof message === 'string' ? message : message.swap16().toString('utf16le')
}

function report(session: Session, id: string, to: string): void {
  if (behaviour.reports === 'none') return
  const receipt = (stat: string, err: string) =>
    session.deliver_sm({
      source_addr: to,
      source_addr_ton: 1,
      source_addr_npi: 1,
      destination_addr: '1771',
      esm_class: 4,
      short_message: `id:${id} sub:001 dlvrd:001 submit date:2611220800 done date:2611220801 stat:${stat} err:${err} text:`,
    })
  if (behaviour.reports === 'once') return void receipt('DELIVRD', '000')
  for (const [stat, err] of [
    ['DELIVRD', '000'],
    ['UNDELIV', '045'],
    ['ACCEPTD', '000'],
    ['DELIVRD', '000'],
    ['ENROUTE', '000'],
  ] as const)
    receipt(stat, err)
}

let at = Number(port)
const listen = () =>
  new Promise<void>(resolve =>
    server.listen(at, '127.0.0.1', () => {
      at = (server.address() as { port: number }).port
      resolve()
    }),
  )

process.on('message', async (told: Partial<Behaviour> | 'count') => {
  if (told === 'count') {
    process.send?.({ taken })
    return
  }
  const before = behaviour.mode
  Object.assign(behaviour, told)
  if (behaviour.mode === 'dead' && before !== 'dead') {
    server.close()
    for (const session of sessions) session.destroy()
  }
  if (behaviour.mode !== 'dead' && before === 'dead') await listen()
  process.send?.({ done: true })
})
process.on('disconnect', () => {
  if (ledger !== undefined) closeSync(ledger)
  process.exit(0)
})

await listen()
process.send?.({ port: at })
