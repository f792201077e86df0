import type { Answered } from './knock.ts'

/** An answer without what is new each time by itself: the one-time words of a page. */
export const plain = ({ status, head, body }: Omit<Answered, 'marks'>): string =>
  [
    status,
    ...head
      .split('\n')
      .filter(line => /^(location|content-type|etag|last-modified|cache-control|link):/.test(line)),
    body,
  ]
    .join('\n')
    .replace(
      /(challenge&quot;:&quot;)[\w-]+|(name="secret" value=")[^"]+|(nonce=|signature=)[\w-]+/g,
      '$1$2$3·',
    )
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '·')
