/** A value of the live numbers for a text that a person reads: looked up again a few times a second at most. */
import { useEffect, useState } from 'react'
import { live } from './studio'

const INTERVAL = 100

export function useLive<T>(read: () => T): T {
  const [, look] = useState(0)
  useEffect(() => {
    let timer = 0
    const leave = live.subscribe(() => {
      timer ||= window.setTimeout(() => {
        timer = 0
        look(live.version)
      }, INTERVAL)
    })
    return () => {
      leave()
      window.clearTimeout(timer)
    }
  }, [])
  return read()
}
