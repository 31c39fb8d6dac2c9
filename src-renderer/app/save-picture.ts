/** Where a picture of the network goes: into a file or onto the clipboard, behind either door. */

import { pngOf, type Sight, svgOf } from '../network/picture/picture'
import { networkHandle } from '../state/network-handle'
import { attempt, useStudio } from '../state/studio'
import { copyText } from '../ui/copy'
import { download } from '../ui/download'
import { showNote } from '../ui/toasts'

export type PictureFormat = 'svg' | 'png'

const TYPES = { svg: 'image/svg+xml', png: 'image/png' }

/** By the native dialog on the desktop; a browser keeps it with its downloads. */
export function savePicture(format: PictureFormat): void {
  void attempt(async (line) => {
    const sight = sightNow()
    const blob = format === 'svg' ? new Blob([svgOf(sight)], { type: TYPES.svg }) : await pngOf(sight)
    const name = `${sight.scene.specification.name}.${format}`
    if (useStudio.getState().info?.door !== 'desktop') return download(blob, name)
    const path = await line.chooseFile('save-picture', name)
    if (path === null) return
    const saved = await line.savePicture(path, new Uint8Array(await blob.arrayBuffer()))
    showNote(`Saved as ${saved.path}`)
  })
}

/** To be called at once when a person asks: a page may write to the clipboard at no other time. */
export function copyPicture(format: PictureFormat): void {
  void attempt(async () => {
    const sight = sightNow()
    if (format === 'svg') await copyText(svgOf(sight))
    else await navigator.clipboard.write([new ClipboardItem({ [TYPES.png]: pngOf(sight) })])
    showNote(format === 'svg' ? 'Copied as SVG text.' : 'Copied as a picture.')
  })
}

function sightNow(): Sight {
  const sight = networkHandle.current?.sight() ?? null
  if (sight === null) throw new Error('no network is shown')
  return sight
}
