/** What an action is like now, for components that show it. */
import { useBench } from '../../benchmark/state'
import { usePanels } from '../../state/panels'
import { useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { type Action, whyNot } from './action'

export const useWhyNot = (action: Action): string | null => useNow(() => whyNot(action))

export const useIsOn = (action: Action): boolean | undefined => useNow(() => action.isOn?.())

/** Renders again when the value is another; it may be read from anything that the window knows. */
function useNow<T extends string | boolean | null | undefined>(read: () => T): T {
  useStudio(read)
  usePanels(read)
  useBench(read)
  return useUi(read)
}
