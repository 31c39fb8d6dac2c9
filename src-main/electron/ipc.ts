/** The window's line to the studio, over Electron's IPC: only the page itself is listened to. */
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron'
import { type Link, linkTo } from '../studio/link'
import type { Studio } from '../studio/studio'
import { isPage } from './page'

/** The one channel; `preload.ts` has the other end. */
const CHANNEL = 'kan-studio'

export interface WindowLine {
  /** Runs an action of the page, by its id. */
  command(id: string): void
  close(): void
}

/** @param page the address that may call */
export function linkWindow(window: BrowserWindow, studio: Studio, page: string): WindowLine {
  const contents = window.webContents
  let link: Link = open()

  function open(): Link {
    return linkTo(studio, (message) => {
      if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(CHANNEL, message)
    })
  }

  function receive(event: IpcMainEvent, message: unknown): void {
    const frame = event.senderFrame
    if (event.sender !== contents || !frame || frame.parent !== null || !isPage(frame.url, page)) return
    link.receive(message)
  }

  /** A page that is loaded again starts afresh: what was meant for the one before must not reach it. */
  function renew(): void {
    link.close()
    link = open()
  }

  ipcMain.on(CHANNEL, receive)
  contents.on('did-navigate', renew)
  contents.on('render-process-gone', renew)
  return {
    command: (id) => link.command(id),
    close() {
      ipcMain.off(CHANNEL, receive)
      link.close()
    },
  }
}
