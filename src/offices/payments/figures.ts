import { figures, ofEachTown } from '../../platform/telemetry/figures.ts'

/** Payments the bank has not told the fate of: most were left by people on its page, many at once say that the bank is silent. */
export const paymentFigures = figures({
  part: 'payments',
  tells: {
    payments_open: {
      help: 'Payments begun of which the bank has said nothing, counted to 1000',
      labels: ['town'],
    },
    payments_answered: { help: 'Payments of the last hour the bank has answered', labels: ['town'] },
  },
  async read({ database }, towns) {
    const all = await ofEachTown(towns, async ({ id, slug }) => [
      await database.read(id, async tx => {
        const [row] = await tx.prepared<{ open: number; answered: number }>(
          'figures-payments',
          `select (select count(*) from (select 1 from payment_intent where municipality_id = $1 and state = 'open' limit 1000) o)::integer as open,
                  (select count(*) from payment_intent where municipality_id = $1 and created_at > $2::timestamptz - interval '1 hour'
                      and answered_at is not null)::integer as answered`,
          [id, tx.now],
        )
        return { labels: { town: slug }, open: row?.open ?? 0, answered: row?.answered ?? 0 }
      }),
    ])
    return {
      payments_open: all.map(({ labels, open: value }) => ({ labels, value })),
      payments_answered: all.map(({ labels, answered: value }) => ({ labels, value })),
    }
  },
})
