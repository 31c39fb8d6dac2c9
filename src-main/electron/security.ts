/** What no page of this application may do, whatever is in it: leave, open windows, ask for permissions. */
import { app, dialog, type Session, shell, type WebContents } from 'electron'
import { isPage } from './page'

/** @param page the one address that may be shown */
export function secure(page: string): void {
  app.on('web-contents-created', (_event, contents) => {
    restrict(contents, page)
    refusePermissions(contents.session)
  })
}

function restrict(contents: WebContents, page: string): void {
  contents.on('will-navigate', (event, address) => {
    if (isPage(address, page)) return
    event.preventDefault()
    void offerOutside(address)
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    void offerOutside(url)
    return { action: 'deny' }
  })
}

function refusePermissions(session: Session): void {
  // What a person asks to be copied may be written to the clipboard; nothing is read from it.
  const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isAllowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
}

/** A link to the world outside opens in the browser, if the person wants it; any other address does nothing. */
async function offerOutside(address: string): Promise<void> {
  if (!address.startsWith('https://')) return
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this address in your browser?',
    detail: address,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  })
  if (response === 0) await shell.openExternal(address)
}
