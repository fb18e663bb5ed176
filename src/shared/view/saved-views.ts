import { z } from 'zod'

/** Filters and order of a list under a name; kept at this desk for whoever works at it. */
export const SavedView = z.object({
  name: z.string().trim().min(1).max(60),
  /** As the address has them. */
  query: z.record(z.string().max(30), z.string().max(200)),
})
export type SavedView = z.infer<typeof SavedView>

/** More would be a list to search in. */
export const MOST_VIEWS = 50

export const VIEW_COMMANDS = {
  /** Keeps it; one of the same name is replaced. */
  'view.save': { input: SavedView, output: z.null(), errors: ['not-saved', 'too-many-views'] },
  'view.remove': { input: SavedView.pick({ name: true }), output: z.null(), errors: ['not-saved'] },
} as const
