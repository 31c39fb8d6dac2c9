/** Other programs that are measured in turns with ours: their names and commands, kept on this machine. */
import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { setPeers, useBench } from './state'

export function Peers() {
  const peers = useBench((state) => state.peers)
  return (
    <fieldset className="bench-group">
      <legend>Other programs</legend>
      {peers.map(({ name, command, on }) => (
        <div key={name} className="row" title={command}>
          <Check
            label={name}
            checked={on}
            onChange={(next) => setPeers(peers.map((peer) => (peer.name === name ? { ...peer, on: next } : peer)))}
          />
          <span className="grow" />
          <Button
            label={`Forget ${name}`}
            icon={X}
            iconOnly
            onClick={() => setPeers(peers.filter((peer) => peer.name !== name))}
          />
        </div>
      ))}
      <NewPeer />
    </fieldset>
  )
}

function NewPeer() {
  const id = useId()
  const peers = useBench((state) => state.peers)
  const [name, setName] = useState('')
  const [command, setCommand] = useState('')
  const isTaken = peers.some((peer) => peer.name === name.trim())
  const whyNot =
    name.trim() === '' || command.trim() === ''
      ? 'A program needs a name and a command.'
      : isTaken
        ? 'There is a program of this name already.'
        : null

  function add() {
    if (whyNot !== null) return
    setPeers([...peers, { name: name.trim(), command: command.trim(), on: true }])
    setName('')
    setCommand('')
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-name`}>Program</label>
        <input id={`${id}-name`} className="input text" value={name} onChange={({ target }) => setName(target.value)} />
      </div>
      <div className="field" title="Any command that prints one line of JSON with its times.">
        <label htmlFor={`${id}-command`}>Command</label>
        <input
          id={`${id}-command`}
          className="input text"
          value={command}
          placeholder="python peer.py"
          onChange={({ target }) => setCommand(target.value)}
        />
      </div>
      <Button label="Add program" icon={Plus} look="outlined" wide whyNot={whyNot} onClick={add} />
    </form>
  )
}
