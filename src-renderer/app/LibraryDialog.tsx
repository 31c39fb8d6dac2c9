/** TensorFlow, the library of an engine: installed, with how far that is, or removed again. */
import './engine-menu.css'
import { useState } from 'react'
import type { EngineReport } from '../../src-shared/contract/compute'
import type { LibraryDoing } from '../../src-shared/contract/library'
import { formatBytes } from '../../src-shared/kan/memory'
import { attempt, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Dialog } from '../ui/Dialog'
import { deviceText } from './actions/engines'
import { needsPause } from './actions/needs'

const close = () => useUi.setState({ dialog: null })
const cancel = () => void attempt((line) => line.cancelLibrary())

export function LibraryDialog() {
  const isOpen = useUi((state) => state.dialog?.type === 'library')
  return isOpen ? <Open /> : null
}

function Open() {
  const report = useStudio((state) => state.info?.engines.find(({ name }) => name === 'tensorflow'))
  const { doing, problem } = useStudio((state) => state.library)
  const [gpu, setGpu] = useState(false)
  if (doing !== null) {
    return (
      <Dialog
        title="TensorFlow"
        description="It goes on when this is closed; networks can be trained meanwhile."
        onClose={close}
        actions={
          <>
            <Button label="Stop" onClick={cancel} />
            <span className="spring" />
            <Button label="Close" onClick={close} />
          </>
        }
      >
        <Doing doing={doing} />
      </Dialog>
    )
  }
  if (report?.available) return <Installed report={report} problem={problem} />
  return (
    <Dialog
      title="TensorFlow"
      description="An engine beside WASM. It is loaded from where it is published, 270 MB, and compiled for this machine."
      onClose={close}
      actions={
        <>
          <span className="spring" />
          <Button label="Close" onClick={close} />
          <Button label="Install" look="primary" onClick={() => void attempt((line) => line.installLibrary(gpu))} />
        </>
      }
    >
      <div className="library">
        <p>A C++ compiler, Python’s pip and npm must be on this machine. What is stopped goes on where it was.</p>
        <Check label="For NVIDIA cards, with CUDA: some GB (Linux on x64)" checked={gpu} onChange={setGpu} />
        <Problem problem={problem} />
      </div>
    </Dialog>
  )
}

function Installed({ report, problem }: { report: EngineReport; problem: string | null }) {
  const isRunning = useStudio((state) => state.progress.state.type === 'running')
  return (
    <Dialog
      title="TensorFlow"
      description={`Version ${report.version ?? 'unknown'} is installed: ${deviceText(report.device, report.threads)}.`}
      onClose={close}
      actions={
        <>
          <Button
            label="Remove"
            whyNot={isRunning ? needsPause() : null}
            onClick={() => void attempt((line) => line.removeLibrary())}
          />
          <span className="spring" />
          <Button label="Close" onClick={close} />
        </>
      }
    >
      <div className="library">
        <p>The engine’s menu has it now. Where the engine is Automatic, it is tried at the next press of Train.</p>
        <Problem problem={problem} />
      </div>
    </Dialog>
  )
}

function Problem({ problem }: { problem: string | null }) {
  return problem === null ? null : (
    <p className="problem" role="alert">
      {problem}
    </p>
  )
}

function Doing({ doing: { what, done, total = 0 } }: { doing: LibraryDoing }) {
  const share = done !== undefined && total > 0 ? done / total : undefined
  return (
    <div className="library">
      <p>
        {what[0]?.toUpperCase()}
        {what.slice(1)}
        {done === undefined ? '…' : `: ${formatBytes(done)}${total > 0 ? ` of ${formatBytes(total)}` : ''}`}
      </p>
      <progress aria-label="Installation" max={1} value={share} />
    </div>
  )
}
