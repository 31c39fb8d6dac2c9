/** What the page may not do, whatever is in it. */
import { join } from 'node:path'
import { root } from '../doors/root'
import { expect, test } from './desktop'

test('there is no Node in the page, and the window is isolated and sandboxed', async ({ desktop }) => {
  const found = await desktop.studio.page.evaluate(() => [
    typeof Reflect.get(globalThis, 'require'),
    typeof Reflect.get(globalThis, 'process'),
    typeof Reflect.get(globalThis, 'module'),
    Object.keys(window.kanStudio ?? {})
      .sort()
      .join(),
  ])
  expect(found).toEqual(['undefined', 'undefined', 'undefined', 'onMessage,pathForFile,send'])
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // Electron does not say so in its types.
    return (contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }).getLastWebPreferences()
  })
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  expect(preferences.webSecurity).not.toBe(false)
})

test('a strict policy is in force, with a nonce of its own for each answer', async ({ desktop }) => {
  const policies = await desktop.studio.page.evaluate(async () => {
    const answers = await Promise.all([fetch('/'), fetch('/')])
    return answers.map(({ headers }) => headers.get('content-security-policy') ?? '')
  })
  const nonces = policies.map((policy) => /script-src 'self' 'nonce-([^']{20,})';/.exec(policy)?.[1])
  expect(new Set(nonces).size).toBe(2)
  for (const policy of policies) {
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  }
})

test('scripts, styles, frames and connections that are not the page’s own are refused', async ({ desktop }) => {
  const refused = await desktop.studio.page.evaluate(async () => {
    const directives: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(script, style, frame)
    await fetch('https://example.com/').catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    frame.remove()
    return { directives: directives.sort(), injected: Reflect.get(globalThis, 'injected') }
  })
  expect(refused.directives).toEqual(['connect-src', 'frame-src', 'script-src-elem', 'style-src-elem'])
  expect(refused.injected).toBeUndefined()
  await expect(desktop.studio.button('Train')).toBeVisible()
})

test('the page cannot leave, nor open windows; a web address is offered to the browser', async ({ desktop }) => {
  const { page } = desktop.studio
  await desktop.answer('Cancel')
  const address = page.url()
  for (const target of ['https://example.com/', 'kan-studio://other/', 'file:///etc/hosts', 'data:text/html,x']) {
    await page.evaluate((to) => {
      location.assign(to)
    }, target)
    expect(await page.evaluate((to) => window.open(to) === null, target)).toBe(true)
  }
  await page.waitForTimeout(300)
  expect(page.url()).toBe(address)
  expect(desktop.app.windows()).toHaveLength(1)
  const question = 'Open this address in your browser?'
  expect(await desktop.asked()).toEqual([question, question])
  const shown = await desktop.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getURL()),
  )
  expect(shown).toEqual([address])
})

test('permissions are refused without a question', async ({ desktop }) => {
  const answers = await desktop.studio.page.evaluate(async () => {
    const position = new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        ({ code }) => resolve(code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : code),
      ),
    )
    const camera = navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (error) => error.name,
    )
    return Promise.all([Notification.requestPermission(), position, camera])
  })
  expect(answers[0]).toBe('denied')
  expect(answers[1]).toBe('denied')
  expect(answers[2]).toMatch(/NotAllowedError|NotFoundError/)
})

test('only the window’s own page is listened to', async ({ desktop }) => {
  const call = { t: 'q', m: 'newDocument', a: [], i: 'foreign' }
  await desktop.studio.button('Add layer').click()
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
  await desktop.answer('Don’t save')
  // A page of another address, though it has the same preload, gets no answer and changes nothing.
  const heard = await desktop.app.evaluate(
    async ({ BrowserWindow }, [message, preload]) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await foreign.loadURL('data:text/html,foreign')
      const answers = await foreign.webContents.executeJavaScript(
        `new Promise((resolve) => {
        const answers = []
        window.kanStudio.onMessage((message) => answers.push(message))
        window.kanStudio.send(${JSON.stringify(message)})
        setTimeout(() => resolve(answers.length), 500)
      })`,
      )
      foreign.destroy()
      return answers
    },
    [call, join(root, 'out', 'preload', 'preload.cjs')] as const,
  )
  expect(heard).toBe(0)
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()

  // The same message from the page itself is a call.
  await desktop.studio.page.evaluate((message) => window.kanStudio?.send(message), call)
  await expect(desktop.studio.button(/^Layer 3,/)).toBeVisible()
  await expect.poll(() => desktop.asked()).toEqual(['Save the changes to “hello”?'])
})
