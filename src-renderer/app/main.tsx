/** Starts the window: theme, keys, the line to the studio, then the frame. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { listenToFiles } from '../data/drop'
import { listenToPaste } from '../data/paste'
import { listenToCopy } from '../design/clipboard'
import { keepSelection } from '../state/keep-selection'
import { followWindow } from '../state/panels'
import { handleCommands, openStudio, useStudio } from '../state/studio'
import { applyTheme, followSystemTheme, useUi } from '../state/ui'
import { listenToCutTexts } from '../ui/cut-text'
import { showError, Toasts } from '../ui/toasts'
import { followMenus } from './actions/menus'
import { runById } from './actions/registry'
import { Frame } from './Frame'
import { listenToKeys } from './shortcuts'
import './theme.css'
import './base.css'
import '../ui/ui.css'
import './app.css'

// The page's policy forbids code generation.
z.config({ jitless: true })

applyTheme(useUi.getState().theme)
followSystemTheme()
followWindow()
listenToKeys()
listenToFiles()
listenToPaste()
listenToCopy()
listenToCutTexts()
handleCommands(runById)
followMenus()
keepSelection()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce

createRoot(root).render(
  <StrictMode>
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <Tooltip.Provider delay={300} closeDelay={0}>
        <Frame />
        <Toasts />
      </Tooltip.Provider>
    </CSPProvider>
  </StrictMode>,
)

openStudio().catch((error: unknown) => {
  showError(error)
  useStudio.setState({ connection: 'lost' })
})
