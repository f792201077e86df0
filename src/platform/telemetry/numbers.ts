import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { DatabaseWatch } from '../database/transaction.ts'

/** What the program counts of its own work. Labels are words of ours: patterns of routes, names of jobs, codes; never anything of a person. */
export type Numbers = {
  requests: Counter<'method' | 'route' | 'status'>
  requestSeconds: Histogram<'route'>
  transactions: Counter<'mode' | 'outcome'>
  transactionSeconds: Histogram<'mode'>
  /** How long work waits for a connection of the pool. */
  connectionWaitSeconds: Histogram
  connections: Gauge<'state'>
  jobs: Counter<'job' | 'outcome'>
  jobSeconds: Counter<'job'>
  messages: Counter<'channel' | 'lane' | 'state'>
}

const known = new WeakMap<Registry, Numbers>()

/** The numbers of a registry, made at first use. */
export function numbersOf(registry: Registry): Numbers {
  const found = known.get(registry) ?? makeNumbers(registry)
  known.set(registry, found)
  return found
}

function makeNumbers(registry: Registry): Numbers {
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `shubbak_${name}`, help, labelNames, registers })
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name: `shubbak_${name}`, help, labelNames, buckets, registers })
  return {
    requests: counter('http_requests_total', 'Requests answered, by route and status', [
      'method',
      'route',
      'status',
    ]),
    requestSeconds: histogram(
      'http_request_duration_seconds',
      'Until the answer began',
      ['route'],
      [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    ),
    transactions: counter('transactions_total', 'Transactions ended: done, undone, or done again', [
      'mode',
      'outcome',
    ]),
    transactionSeconds: histogram(
      'transaction_duration_seconds',
      'From the connection in hand to its end',
      ['mode'],
      [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    ),
    connectionWaitSeconds: histogram(
      'connection_wait_seconds',
      'Until a connection of the pool was free',
      [],
      [0.001, 0.01, 0.1, 1, 5],
    ),
    connections: new Gauge({
      name: 'shubbak_connections',
      help: 'Connections of the pool: in use, resting, wanted by who waits, and the most there may be',
      labelNames: ['state'],
      registers,
    }),
    jobs: counter('jobs_total', 'Jobs ended, by name', ['job', 'outcome']),
    jobSeconds: counter('job_seconds_total', 'Time jobs took', ['job']),
    messages: counter('messages_total', 'Messages whose handing over came to something', [
      'channel',
      'lane',
      'state',
    ]),
  }
}

/** Counts what a database tells of its transactions and its pool of at most this many connections. */
export function watchOf(registry: Registry, most: number): DatabaseWatch {
  const { transactions, transactionSeconds, connectionWaitSeconds, connections } = numbersOf(registry)
  connections.set({ state: 'most' }, most)
  return {
    connected(waitedMs, { total, idle, waiting }) {
      connectionWaitSeconds.observe(waitedMs / 1000)
      connections.set({ state: 'used' }, total - idle)
      connections.set({ state: 'idle' }, idle)
      connections.set({ state: 'wanted' }, waiting)
    },
    ended(mode, outcome, tookMs) {
      transactions.inc({ mode, outcome })
      transactionSeconds.observe({ mode }, tookMs / 1000)
    },
  }
}
