/** Where a picture of the network goes: into a file or onto the clipboard, behind either door. */

import { pngOf, type Sight, svgOf } from '../network/picture/picture'
import { networkHandle } from '../state/network-handle'
import { saveAs } from '../state/save-as'
import { attempt } from '../state/studio'
import { copyText } from '../ui/copy'
import { showNote } from '../ui/toasts'

export type PictureFormat = 'svg' | 'png'

const TYPES = { svg: 'image/svg+xml', png: 'image/png' }

export function savePicture(format: PictureFormat): void {
  void attempt(async (line) => {
    const sight = sightNow()
    const blob = format === 'svg' ? new Blob([svgOf(sight)], { type: TYPES.svg }) : await pngOf(sight)
    await saveAs(line, {
      what: 'save-picture',
      name: `${sight.scene.specification.name}.${format}`,
      content: async () => blob,
      write: async (path) => line.savePicture(path, new Uint8Array(await blob.arrayBuffer())),
    })
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
