import { randomUUID } from 'node:crypto'
import { filingBody, filingPath, type Ground } from '../bench/ground.ts'

/**
 * The same filing with the same key, sent to every process at once and once more afterwards: all must give the same number.
 * @throws Error when one gave another
 */
export async function fileEverywhereAtOnce(
  ground: Ground,
  ports: readonly number[],
  mark: string,
): Promise<void> {
  const [person] = ground.people
  if (!person) throw new Error('nobody lives here')
  const key = randomUUID()
  const body = JSON.stringify(filingBody(person, mark))
  const file = async (port: number) => {
    const answer = await fetch(`http://127.0.0.1:${port}${filingPath}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ground.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body,
    })
    const told = (await answer.json()) as { number?: string }
    return `${answer.status} ${told.number ?? JSON.stringify(told)}`
  }
  const answers = [...(await Promise.all(ports.map(file))), ...(await Promise.all(ports.map(file)))]
  if (new Set(answers).size > 1 || !answers[0]?.startsWith('201'))
    throw new Error(`one key was answered differently: ${answers.join('; ')}`)
}
