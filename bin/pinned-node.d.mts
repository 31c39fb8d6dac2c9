/** The parts of `process` that decide which Node is used. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly arch: string
  readonly execPath: string
  readonly versions: { readonly node: string; readonly electron?: string | undefined }
}

/**
 * The Node that runs the command line and the compute process: KAN_STUDIO_NODE, else the pinned platform package, else
 * the running Node if it is new enough; or one sentence that says what to install.
 *
 * @param from file or file URL beside or above which `node_modules` is looked for
 * @param host the running program, for tests
 */
export function findPinnedNode(from: string | URL, host?: Host): { readonly path: string } | { readonly reason: string }
