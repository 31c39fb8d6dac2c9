/** What is said where data would be shown and there are none? */
import { useStudio } from '../state/studio'

/** @param otherwise where none were chosen */
export function useNoData(otherwise: string): string {
  return useStudio(({ document }) => {
    if (document?.dataAreComing) return 'Reading the data…'
    return document?.dataProblem ?? otherwise
  })
}
