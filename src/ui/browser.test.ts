import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../test/browser.ts'
import { type KitServer, serveKit } from '../../test/kit-server.tsx'

/** A server of uploads that drops the line once in the middle, and counts what it is asked. */
function uploadServer() {
  const state = { size: 0, offset: 0, dropped: false, asked: [] as string[], posts: [] as string[] }
  const listeners: ServerResponse[] = []
  const body = (request: IncomingMessage, then: (body: Buffer) => void) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => then(Buffer.concat(parts)))
  }
  const answer = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method = 'GET', url = '/' } = request
    if (url === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': open\n\n')
      listeners.push(response)
      return true
    }
    if (url.startsWith('/uploads')) {
      state.asked.push(method)
      if (method === 'POST') {
        state.size = Number(request.headers['upload-length'])
        response.writeHead(201, { location: '/uploads/abc-1' }).end()
      } else if (method === 'HEAD') {
        response.writeHead(200, { 'upload-offset': state.offset, 'upload-length': state.size }).end()
      } else {
        body(request, piece => {
          if (state.offset > 0 && !state.dropped) {
            state.dropped = true
            response.writeHead(503).end()
            return
          }
          state.offset += piece.length
          response.writeHead(204, { 'upload-offset': state.offset }).end()
        })
      }
      return true
    }
    if (method === 'POST') {
      body(request, text => {
        state.posts.push(`${url} ${text.toString('utf8')}`)
        setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>ok</p>'), 300)
      })
      return true
    }
    return false
  }
  return { state, answer, listeners }
}

describe('the help a browser gives', () => {
  let browser: Browser
  let server: KitServer
  let page: Page
  const uploads = uploadServer()

  beforeAll(async () => {
    server = await serveKit(uploads.answer, { liveUrl: '/live' })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    uploads.state.posts.length = 0
  })

  const open = async (side: 'citizen' | 'staff') => {
    await page.goto(`${server.base}/${side}`)
    await page.evaluate(`(() => {
      const form = document.querySelector('form[data-upload]')
      if (form) { form.action = '/posted'; form.dataset.autosave = '/autosave' }
    })()`)
  }

  it('leads to what must be put right', async () => {
    await open('citizen')
    expect(await page.evaluate('document.activeElement.className')).toBe('errs')
    await page.click('.errs a[href="#f-phone"]')
    expect(await page.evaluate('document.activeElement.name')).toBe('phone')
  })

  it('keeps what is typed, under a key of its own and without the files', async () => {
    await open('citizen')
    const saved = page.waitForRequest('**/autosave')
    await page.fill('[name=name]', 'Hiba')
    const sent = new URLSearchParams((await saved).postData() ?? '')
    expect(sent.get('name')).toBe('Hiba')
    expect(sent.get('_key')).not.toBe('018f0000-0000-7000-8000-000000000000')
    expect(sent.has('lease')).toBe(false)
  })

  it('sends a form once, however often its button is pressed', async () => {
    await open('citizen')
    await page.evaluate(`(() => {
      const button = document.querySelector('form[data-upload] .btn.big')
      button.click(); button.click(); button.click()
    })()`)
    await page.waitForURL('**/posted')
    expect(uploads.state.posts.filter(post => post.startsWith('/posted'))).toHaveLength(1)
  })

  it('goes on with a page where the line broke, and the form carries only its name', async () => {
    await page.route('**/citizen', async route => {
      const answer = await route.fetch()
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace('"#upload"', '"/uploads"'),
      })
    })
    await page.goto(`${server.base}/citizen`)
    const buffer = Buffer.alloc(700_000, 7)
    await page.setInputFiles('#f-lease', { name: 'lease.pdf', mimeType: 'application/pdf', buffer })
    await page.waitForSelector('input[name="lease.upload"]', { state: 'attached' })
    expect(await page.getAttribute('input[name="lease.upload"]', 'value')).toBe('abc-1')
    expect(uploads.state).toMatchObject({ size: 700_000, offset: 700_000, dropped: true })
    expect(uploads.state.asked.filter(method => method === 'POST')).toHaveLength(1)
    expect(uploads.state.asked).toContain('HEAD')
    expect(await page.evaluate('localStorage.length')).toBe(0)
  })

  it('binds keys by place, letters only outside fields', async () => {
    await open('staff')
    await page.keyboard.press('F2')
    expect(await page.evaluate('document.activeElement.id')).toBe('cmd')
    await page.keyboard.press('Digit2')
    expect(page.url()).not.toContain('#later')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Digit2')
    await expect.poll(() => page.url()).toContain('#later')
    await page.keyboard.press('Alt+Digit5')
    expect(await page.evaluate(`document.activeElement.closest('[data-step]').dataset.step`)).toBe('5')
    await page.keyboard.press('Escape')
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(`document.querySelector('[data-row].sel').dataset.row`)).toBe('1')
  })

  it('counts a message while it is typed as the server counts it', async () => {
    await open('staff')
    const shown = () =>
      page.evaluate(
        `[...document.querySelectorAll('[data-sms-shown] > *')].map(each => each.textContent).join('|') +
          document.querySelectorAll('[data-sms-meter] progress').length`,
      )
    const field = page.locator('textarea[name=sms]')
    const written = await field.inputValue()
    const atFirst = await shown()
    await field.fill(`${'a'.repeat(80)}’`)
    expect(await shown()).toContain('’')
    await field.fill('م'.repeat(200))
    expect(await shown()).toMatch(/200.*0\.135.*66.*3$/)
    await field.fill(written)
    expect(await shown()).toBe(atFirst)
  })

  it('says what goes back while the clerk types what was received', async () => {
    await open('staff')
    await page.fill('[data-role=received]', '\u0664\u0660\u0660')
    expect(await page.textContent('[data-role=change] bdi')).toBe('53.50')
    await page.fill('[data-role=received]', '10')
    expect(await page.textContent('[data-role=change] bdi')).toBe('\u2013')
  })

  it('swaps a region when news of it arrive, over one stream for all tabs, and never under a hand that types', async () => {
    const context = page.context()
    uploads.listeners.length = 0
    const other = await context.newPage()
    for (const tab of [page, other]) {
      await tab.goto(`${server.base}/staff`)
      await tab.evaluate(`document.querySelector('#main .head h1').dataset.old = 'yes'`)
    }
    await expect.poll(() => uploads.listeners.length).toBe(1)
    uploads.listeners[0]?.write('data: {"topic":"kit"}\n\n')
    for (const tab of [page, other]) await tab.waitForSelector('#main .head h1:not([data-old])')
    await page.evaluate(`document.querySelector('#main .head h1').dataset.old = 'yes'`)
    await page.fill('[data-role=received]', '1')
    uploads.listeners[0]?.write('data: {"topic":"kit"}\n\n')
    await page.waitForSelector('[data-stale]')
    expect(await page.locator('#main .head h1[data-old]').count()).toBe(1)
    expect(uploads.listeners).toHaveLength(1)
    await context.close()
  })

  it('works without script: every field is a field and every action a button or a link', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    page = await context.newPage()
    await page.goto(`${server.base}/citizen`)
    expect(await page.locator('[data-locate]').isVisible()).toBe(false)
    expect(await page.locator('input[type=file]').count()).toBe(2)
    expect(await page.locator('a[href=""], a:not([href])').count()).toBe(0)
  })
})
