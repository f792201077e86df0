import { aStaffMember } from '../builders/people.ts'
import { audit } from '../faults/auditor.ts'
import { startClients } from '../faults/clients.ts'
import { layInstallation, type Size } from './installation.ts'
import { startReaders } from './readers.ts'
import { openStream } from './streams.ts'
import type { Trial } from './trial.ts'
import { killWorker, nothingStaysLocked, overProcesses, replicaAway, restartBouncer, roll } from './trials.ts'

export type Run = { program: string; quick: boolean; say(line: string): void }

export type Found = { wrong: string[]; lost: string[]; doubled: string[]; acknowledged: number }

/** One town on several processes: filed in and read through nginx while its parts are replaced, killed and stopped; then audited. */
export async function runTown({ program, quick, say }: Run): Promise<Found> {
  const size: Size = quick ? { web: 2, workers: 2, people: 30 } : { web: 3, workers: 2, people: 60 }
  const installation = await layInstallation(size, program, say)
  const { ground, nginx } = installation
  try {
    const readers = await startReaders(ground, nginx.port, quick ? 4 : 10)
    const clerk = await ground.inHouse(house =>
      aStaffMember({ house, town: ground.town.id }, 'clerk', 'service-centre'),
    )
    const cookie = await ground.logIn({ staffId: clerk.id })
    const streams = Array.from({ length: size.web * 2 }, () => openStream(nginx.port, cookie))
    const clients = startClients(ground, nginx.port, quick ? 3 : 6)
    const failed = clients.finished.then(
      () => undefined,
      error => Promise.reject(error as Error),
    )
    failed.catch(() => {})
    const trial: Trial = { installation, clients, readers, streams, quick, say, wrong: [] }
    const all = async () => {
      await overProcesses(trial)
      await roll(trial, quick ? 1 : 3)
      await killWorker(trial)
      await replicaAway(trial)
      await restartBouncer(trial)
    }
    await Promise.race([all(), failed.then(() => new Promise<never>(() => {}))])
    say('everything begun comes to its end')
    clients.finish()
    await failed
    await readers.stop()
    for (const stream of streams) stream.stop()
    await nothingStaysLocked(trial)
    const by = [...readers.by].map(([name, pages]) => `${name} ${pages}`)
    say(`${clients.acknowledged.length} acts acknowledged, ${readers.seen} pages read (${by.join(', ')})`)
    const verdict = await audit(ground, clients)
    return {
      lost: verdict.lost,
      doubled: verdict.doubled,
      wrong: [...trial.wrong, ...verdict.wrong],
      acknowledged: clients.acknowledged.length,
    }
  } finally {
    await installation.clear()
  }
}
