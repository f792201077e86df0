import { figures, ofEachTown } from '../../platform/telemetry/figures.ts'

/** A bill run lays down a hundred thousand at once; how many more there are than this helps nobody. */
const mostCounted = 10_000

/** What waits to leave, and how those who carry it stand. */
export const messageFigures = figures({
  part: 'messages',
  tells: {
    messages_due: {
      help: `Messages that are due and have not left, counted to ${mostCounted}`,
      labels: ['town', 'channel', 'lane'],
    },
    message_oldest_due_seconds: {
      help: 'For how long the oldest of them has been due',
      labels: ['town', 'channel', 'lane'],
    },
    messages_unsettled: {
      help: 'Messages that failed or are uncertain, which nobody has seen to yet, counted to 1000',
      labels: ['town', 'state'],
    },
    providers: { help: 'Those who carry messages, by how they stand', labels: ['town', 'state'] },
  },
  async read({ database }, towns) {
    const all = await ofEachTown(towns, async ({ id, slug }) => [
      await database.read(id, async tx => ({
        town: slug,
        due: await tx.prepared<{ channel: string; lane: number; due: number; oldest: number }>(
          'figures-messages-due',
          `select c.name as channel, l.lane, count(m.not_before)::integer as due,
                  coalesce(extract(epoch from $2::timestamptz - min(m.not_before)), 0)::float8 as oldest
             from unnest('{sms,email,portal}'::text[]) c(name) cross join unnest('{0,1,2}'::smallint[]) l(lane)
             left join lateral (
               select not_before from message_due
                where municipality_id = $1 and channel = c.name and lane = l.lane and not_before <= $2
                order by not_before limit ${mostCounted}) m on true
            group by 1, 2`,
          [id, tx.now],
        ),
        unsettled: await tx.prepared<{ state: string; count: number }>(
          'figures-messages-unsettled',
          `select s.state, count(m.one)::integer as count from unnest('{failed,uncertain,unaddressed}'::text[]) s(state)
             left join lateral (
               select 1 as one from message
                where municipality_id = $1 and undelivered = s.state and lane = 1 and settled_how is null
                  and undelivered in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out')
                  and (undelivered <> 'opted-out' or kind = 'legal') limit 1000) m on true
            group by 1`,
          [id],
        ),
        providers: await tx.prepared<{ state: string; count: number }>(
          'figures-providers',
          'select state, count(*)::integer as count from message_provider_health where municipality_id = $1 group by 1',
          [id],
        ),
      })),
    ])
    const due = all.flatMap(({ town, due }) =>
      due.map(({ channel, lane, ...rest }) => ({ labels: { town, channel, lane }, ...rest })),
    )
    const byState = (key: 'unsettled' | 'providers') =>
      all.flatMap(({ town, [key]: rows }) =>
        rows.map(({ state, count: value }) => ({ labels: { town, state }, value })),
      )
    return {
      messages_due: due.map(({ labels, due: value }) => ({ labels, value })),
      message_oldest_due_seconds: due.map(({ labels, oldest: value }) => ({ labels, value })),
      messages_unsettled: byState('unsettled'),
      providers: byState('providers'),
    }
  },
})
