type News = { topic?: string }

/* What a person is typing is never swapped away. */
function busy(region: Element): boolean {
  return (
    region.hasAttribute('data-dirty') ||
    !!document.activeElement?.closest('input, textarea, select')?.closest('[data-live]')
  )
}

async function refresh(region: Element): Promise<void> {
  if (busy(region)) {
    region.setAttribute('data-stale', '')
    return
  }
  const topic = region.getAttribute('data-live')
  const response = await fetch(location.href, { headers: { 'X-Live': topic || '1' } })
  if (!response.ok || response.redirected) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const next = fresh.querySelector(`[data-live="${CSS.escape(topic ?? '')}"]`)
  if (!next || busy(region)) return
  const selected = region.querySelector('[data-row].sel')?.getAttribute('data-row')
  const focused = document.activeElement?.getAttribute('href')
  region.replaceChildren(...next.childNodes)
  region.removeAttribute('data-stale')
  if (selected) region.querySelector(`[data-row="${CSS.escape(selected)}"]`)?.classList.add('sel')
  if (focused)
    region.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
}

/**
 * Swaps regions when news of them arrive. The tabs of a person share one stream: the tab that holds the lock listens and
 * tells the others.
 */
export function listenLive(): void {
  const url = document.body.dataset.liveUrl
  if (!url || !('EventSource' in window)) return
  const regions = () => [...document.querySelectorAll('[data-live]')]
  document.addEventListener('input', event =>
    (event.target as Element).closest('[data-live]')?.setAttribute('data-dirty', ''),
  )
  const timers = new Map<Element, number>()
  const hear = ({ topic }: News) => {
    for (const region of regions()) {
      if (topic && region.getAttribute('data-live') !== topic) continue
      // Several pieces of news in one breath are one refreshing.
      clearTimeout(timers.get(region))
      timers.set(
        region,
        window.setTimeout(() => void refresh(region).catch(() => undefined), 300),
      )
    }
  }
  for (const region of regions()) {
    const every = Number(region.getAttribute('data-live-every'))
    const topic = region.getAttribute('data-live')
    if (every > 0 && topic) setInterval(() => hear({ topic }), every * 1000)
  }
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`shubbak.live ${url}`) : undefined
  if (channel) channel.onmessage = event => hear(event.data as News)
  const open = () =>
    new Promise<void>(() => {
      const stream = new EventSource(url)
      let opened = false
      stream.onopen = () => {
        // What happened while the line was broken, nobody said here.
        if (opened) {
          hear({})
          channel?.postMessage({} satisfies News)
        }
        opened = true
      }
      stream.onmessage = event => {
        let news: News = {}
        try {
          news = JSON.parse(event.data as string) as News
        } catch {
          // News without words: refresh all.
        }
        hear(news)
        channel?.postMessage(news)
      }
    })
  if (channel && navigator.locks) void navigator.locks.request(`shubbak.live ${url}`, open)
  else void open()
}
