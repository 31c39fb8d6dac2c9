/** Which commit was this program built from? */

/** Put in by the bundlers (scripts/commit.ts); null where they did not know it. */
export const COMMIT: string | null = process.env.KAN_STUDIO_COMMIT ?? null
