/** What is installed for the tensorflow engine, in which versions, and from which packages? */
import { UserError } from '../../src-shared/user-error'

export const TENSORFLOW_VERSION = '2.21.0'

/** Of npm: the binding's sources, and the headers of Node's interface for them. Neither's scripts run. */
export const NPM_PACKAGES = [
  {
    name: '@tensorflow/tfjs-node-gpu',
    version: '4.22.0',
    integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
  {
    name: 'node-api-headers',
    version: '1.9.0',
    integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
] as const

/** What pip is asked for. Which Python a wheel is for does not matter: the library in it is the same. */
export interface WheelRequest {
  readonly requirement: string
  readonly withDependencies: boolean
  readonly platforms: readonly string[]
  /** Dependencies that only Python needs are left out. */
  readonly isWanted: (name: string) => boolean
}

/** @throws UserError where TensorFlow publishes no such library */
export function wheelsFor(
  gpu: boolean,
  platform: string = process.platform,
  arch: string = process.arch,
): WheelRequest {
  const at = `==${TENSORFLOW_VERSION}`
  const only = { withDependencies: false, isWanted: () => true }
  if (gpu) {
    if (platform !== 'linux' || arch !== 'x64') {
      throw new UserError(
        'TensorFlow has graphics cards on Linux with an x64 processor only; the engine webgpu has them on other systems.',
      )
    }
    return {
      requirement: `tensorflow[and-cuda]${at}`,
      withDependencies: true,
      platforms: ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'any'],
      isWanted: (name) => name === 'tensorflow' || name.startsWith('nvidia-'),
    }
  }
  switch (`${platform}-${arch}`) {
    case 'linux-x64':
      return { ...only, requirement: `tensorflow-cpu${at}`, platforms: ['manylinux_2_27_x86_64'] }
    case 'linux-arm64':
      return { ...only, requirement: `tensorflow${at}`, platforms: ['manylinux_2_27_aarch64'] }
    case 'darwin-arm64':
      return { ...only, requirement: `tensorflow${at}`, platforms: ['macosx_12_0_arm64'] }
    default:
      throw new UserError(
        `TensorFlow publishes no library for ${platform} on ${arch} that the studio can use; the engine webgpu runs there.`,
      )
  }
}

/** Of a wheel: the libraries, the headers that the binding is compiled with, and NVIDIA's files. */
export function isUsed(path: string): boolean {
  return (
    /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/.test(path) ||
    /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|tsl|xla\/tsl)\/.*\.h$/.test(path) ||
    /^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(path)
  )
}
