import { randomUUID } from 'node:crypto'
import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { completeAnswers } from '../../builders/requests.ts'
import type { Citizen } from '../shape.ts'
import type { Drive } from './drive.ts'

/** What a partner's program sends and hears. */
type Filed = { id: string; number: string }

/** Files a residence certificate for somebody, through the API. */
export async function file(
  drive: Drive,
  person: Citizen,
  of: { as?: string; due?: number } = {},
): Promise<Filed> {
  const mark = drive.mark()
  const answers = completeAnswers['ADM-01'] ?? {}
  return send(drive, mark, of, {
    service: 'ADM-01',
    capacity: 'principal',
    applicant: person.personId,
    answers: { ...answers, residence: { ...(answers.residence as object), parcel: mark } },
    papers: [{ paper: 'id-copy', document: person.documentId }],
  })
}

/** Reports a problem in the street for somebody, through the API. */
export async function complain(
  drive: Drive,
  person: Citizen,
  of: { as?: string; due?: number } = {},
): Promise<Filed> {
  const mark = drive.mark()
  return send(drive, mark, of, {
    service: 'ADM-05',
    capacity: 'principal',
    applicant: person.personId,
    answers: { ...completeAnswers['ADM-05'], words: mark },
  })
}

async function send(
  drive: Drive,
  mark: string,
  of: { as?: string; due?: number },
  json: unknown,
): Promise<Filed> {
  const answer = await drive.ask({
    path: drive.at(fillAddress(addresses.apiRequests, {})),
    json,
    status: 201,
    ...of,
    program: { key: drive.order.ground.apiKey, once: randomUUID() },
  })
  const { id, number } = JSON.parse(answer.text()) as Filed
  drive.told.push({ kind: 'request', mark, id, number })
  return { id, number }
}
