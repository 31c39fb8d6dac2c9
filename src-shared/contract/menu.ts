/** The application's menu as the window describes it: the desktop shows the same natively. */
import { z } from 'zod'

const text = z.string().max(4096)

const menuActionSchema = z.strictObject({
  id: text,
  title: text,
  /** `Mod+Shift+Z`, or null. */
  shortcut: text.nullable(),
  enabled: z.boolean(),
  /** Whether it is on; null for what does not switch anything. */
  on: z.boolean().nullable(),
})

const menuEntrySchema = z.union([
  menuActionSchema,
  z.strictObject({ title: text, actions: z.array(menuActionSchema).readonly() }),
])

/** Menus from left to right, each in sections with a line between them. */
export const menusSchema = z
  .array(z.strictObject({ title: text, sections: z.array(z.array(menuEntrySchema).readonly()).readonly() }))
  .readonly()

export type MenuAction = z.infer<typeof menuActionSchema>
export type MenuEntry = z.infer<typeof menuEntrySchema>
export type Menus = z.infer<typeof menusSchema>
