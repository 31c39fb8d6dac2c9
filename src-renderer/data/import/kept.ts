/** Choices about a table that was closed without being used: they are there again when it is opened again. */
import type { Draft } from './draft'

const drafts = new Map<string, Draft>()

export function keepDraft(file: string, draft: Draft | null): void {
  if (draft === null) drafts.delete(file)
  else drafts.set(file, draft)
}

export const keptDraft = (file: string): Draft | null => drafts.get(file) ?? null
