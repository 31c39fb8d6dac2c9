/** Actions that make a picture of the network, as it is seen. */
import { Clipboard, FileImage, ImageDown } from 'lucide-react'
import { copyPicture, savePicture } from '../save-picture'
import type { Action, Room, Submenu } from './action'
import { needsDocument } from './needs'

const saveSvg: Action = {
  id: 'picture.svg',
  title: 'Save as SVG…',
  icon: FileImage,
  hint: 'The network as it is seen, on white: lines and texts that stay sharp in a paper.',
  whyNot: needsDocument,
  run: () => savePicture('svg'),
}

const savePng: Action = {
  id: 'picture.png',
  title: 'Save as PNG…',
  icon: ImageDown,
  hint: 'The network as it is seen, on white, three pixels for each of a usual screen.',
  whyNot: needsDocument,
  run: () => savePicture('png'),
}

const copySvg: Action = {
  id: 'picture.copy-svg',
  title: 'Copy as SVG',
  icon: Clipboard,
  hint: 'As text, for programs that draw vectors.',
  whyNot: needsDocument,
  run: () => copyPicture('svg'),
}

const copyPng: Action = {
  id: 'picture.copy-png',
  title: 'Copy picture',
  icon: Clipboard,
  hint: 'To be pasted into a text or a message.',
  whyNot: needsDocument,
  run: () => copyPicture('png'),
}

const SECTIONS = [
  [saveSvg, savePng],
  [copyPng, copySvg],
] as const

/** What the top bar exports. */
export const pictureRoom: Room = { title: 'Export picture', sections: SECTIONS }

export const pictures: Submenu = { title: pictureRoom.title, actions: () => SECTIONS.flat() }
