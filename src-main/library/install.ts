/**
 * How does TensorFlow come onto this machine, and how does it go?
 *
 * The library is that of Python's package where it is there. Else pip says where the wheel is and what its checksum is. npm fetches the binding's sources; the binding is compiled against the
 * library in the wheel (docs/decisions/0009). Everything is made beside the place where it belongs and moved there at the end, so
 * that it is there whole or not at all. Downloads that something stopped stay, and go on the next time.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LibraryDoing } from '../../src-shared/contract/library'
import { UserError } from '../../src-shared/user-error'
import { fileError } from '../files/errors'
import { download } from './download'
import { bindingOf, librariesFolder, noteOf, tensorflowFolder, writeNote } from './folder'
import { presentLibrary } from './present'
import { firstProgram, runProgram } from './programs'
import { isUsed, NPM_PACKAGES, TENSORFLOW_VERSION, type WheelRequest, wheelsFor } from './sources'
import { unpack } from './unpack'

interface Options {
  readonly gpu: boolean
  readonly signal: AbortSignal
  readonly report: (doing: LibraryDoing) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** The Node that will load it: Electron is none. */
  readonly node: string
}

/**
 * Installs TensorFlow where it is not; an installation of another kind or version is replaced.
 *
 * @returns whether there was something to do
 * @throws UserError saying what is missing
 */
export async function installTensorflow(options: Options): Promise<boolean> {
  const { gpu, signal, report, env, node } = options
  const note = noteOf(tensorflowFolder(env))
  if (note?.version === TENSORFLOW_VERSION && note.gpu === gpu) return false
  const request = wheelsFor(gpu)
  const libraries = librariesFolder(env)
  const downloads = join(libraries, 'downloads')
  const made = join(libraries, 'tensorflow.new')
  try {
    const here = { signal, folder: process.cwd() }
    // The quick questions first: nobody wants to hear of them after a long download.
    const compiler = await firstProgram(
      [env.CXX, 'c++', 'g++', 'clang++'].filter((name) => name !== undefined),
      {
        ...here,
        missing: 'There is no C++ compiler here (c++, g++ or clang++), which TensorFlow’s binding is compiled with.',
      },
    )
    const pip = await firstProgram(['pip3', 'pip'], {
      ...here,
      missing: 'There is no pip here, which knows where TensorFlow is published: install Python 3 with pip.',
    })
    await rm(made, { recursive: true, force: true })
    await mkdir(downloads, { recursive: true })
    await mkdir(made, { recursive: true })
    const at = { signal, folder: downloads }
    report({ what: 'ask pip where TensorFlow is' })
    // Of CUDA's libraries Python's packages may have some only, or others.
    const present = gpu ? null : await presentLibrary(pip, at)
    const wheels = present === null ? await findWheels(pip, request, at) : []
    if (present !== null) await symlink(present, join(made, 'tensorflow'), 'dir')
    report({ what: 'fetch the binding’s sources' })
    for (const wanted of NPM_PACKAGES) await fetchPackage(wanted, made, at)
    for (const { name, ...source } of wheels) {
      const file = join(downloads, name)
      await download(source, file, { signal, report: (done, total) => report({ what: `load ${name}`, done, total }) })
      await unpack(file, made, isUsed, {
        signal,
        report: (done, total) => report({ what: `unpack ${name}`, done, total }),
      })
    }
    report({ what: 'compile the binding' })
    await compile(compiler, made, signal)
    await tryOut(node, made, signal)
    await rm(join(made, 'sources'), { recursive: true, force: true })
    if (present === null) await rm(join(made, 'tensorflow', 'include'), { recursive: true, force: true })
    writeNote(made, { version: TENSORFLOW_VERSION, gpu })
    await rm(tensorflowFolder(env), { recursive: true, force: true })
    await rename(made, tensorflowFolder(env))
    await rm(downloads, { recursive: true, force: true })
    return true
  } catch (error) {
    await rm(made, { recursive: true, force: true })
    throw fileError(error, 'install TensorFlow in', libraries)
  }
}

/** @returns whether there was anything */
export async function removeTensorflow(env: Options['env']): Promise<boolean> {
  const libraries = librariesFolder(env)
  const parts = ['tensorflow', 'tensorflow.new', 'downloads'].map((name) => join(libraries, name))
  const wasThere = parts.some((path) => existsSync(path))
  // Without its binding nobody takes what is left for a library, should something stop this.
  await rm(bindingOf(tensorflowFolder(env)), { force: true })
  for (const path of parts) await rm(path, { recursive: true, force: true })
  return wasThere
}

interface At {
  readonly signal: AbortSignal
  readonly folder: string
}

interface Wheel {
  readonly name: string
  readonly url: string
  readonly sha256: string
}

/** As `pip install --report` has it. */
const reportSchema = z.object({
  install: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      download_info: z.object({
        url: z.string(),
        archive_info: z.object({ hashes: z.object({ sha256: z.string() }) }),
      }),
    }),
  ),
})

async function findWheels(pip: string, request: WheelRequest, at: At): Promise<Wheel[]> {
  const { requirement, withDependencies, platforms, isWanted } = request
  const answer = await runProgram(
    pip,
    [
      ...['install', '--dry-run', '--ignore-installed', '--quiet', '--report', '-', '--only-binary=:all:'],
      ...(withDependencies ? [] : ['--no-deps']),
      ...platforms.flatMap((platform) => ['--platform', platform]),
      ...['--python-version', '3.11', '--implementation', 'cp', '--target', at.folder, requirement],
    ],
    { ...at, missing: 'There is no pip here, which knows where TensorFlow is published.' },
  )
  const { install } = reportSchema.parse(JSON.parse(answer))
  return install
    .filter(({ metadata }) => isWanted(metadata.name.replaceAll('_', '-').toLowerCase()))
    .map(({ download_info: { url, archive_info } }) => ({
      name: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? 'wheel'),
      url,
      sha256: archive_info.hashes.sha256,
    }))
}

async function fetchPackage(
  { name, version, integrity }: (typeof NPM_PACKAGES)[number],
  made: string,
  { signal, folder }: At,
): Promise<void> {
  const answer = await runProgram('npm', ['pack', `${name}@${version}`, '--json', '--ignore-scripts'], {
    ...{ signal, folder },
    missing: 'There is no npm here, which the binding’s sources come with.',
  })
  const file = join(folder, fileOf(answer))
  const hash = createHash('sha512')
    .update(await readFile(file))
    .digest('base64')
  if (`sha512-${hash}` !== integrity) throw new UserError(`What came for ${name} ${version} is not what was published.`)
  const target = join(made, 'sources', name)
  await mkdir(target, { recursive: true })
  await runProgram('tar', ['-xzf', file, '-C', target, '--strip-components=1'], {
    ...{ signal, folder },
    missing: 'There is no tar here, which the binding’s sources are unpacked with.',
  })
}

/** npm's answer is a list or, of newer ones, a record by names. */
function fileOf(answer: string): string {
  const entry = z.object({ filename: z.string() })
  const [first] = Object.values(z.union([z.array(entry), z.record(z.string(), entry)]).parse(JSON.parse(answer)))
  if (first === undefined) throw new UserError('npm fetched nothing.')
  return first.filename.replace('@', '').replace('/', '-')
}

async function compile(compiler: string, made: string, signal: AbortSignal): Promise<void> {
  const sources = join(made, 'sources')
  const binding = join('sources', '@tensorflow', 'tfjs-node-gpu')
  const files = readdirSync(join(made, binding, 'binding')).filter((name) => name.endsWith('.cc'))
  const isMac = process.platform === 'darwin'
  const libraries = readdirSync(join(made, 'tensorflow')).filter((name) => name.startsWith('libtensorflow'))
  if (libraries.length < 2 || !existsSync(sources)) throw new UserError('The wheel of TensorFlow has no library in it.')
  const cards = nvidiaLibraries(made)
  await writeFile(join(made, ALLOCATOR), KEEP_MEMORY)
  const origin = isMac ? '@loader_path' : '$ORIGIN'
  await runProgram(
    compiler,
    [
      ...['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w'],
      ...['-I', join('sources', 'node-api-headers', 'include'), '-I', join('tensorflow', 'include'), '-I', binding],
      ...files.map((name) => join(binding, 'binding', name)),
      ALLOCATOR,
      // CUDA's libraries are loaded with the binding, so that TensorFlow finds them wherever it looks.
      ...(isMac ? ['-undefined', 'dynamic_lookup'] : ['-Wl,--no-as-needed']),
      ...[...libraries.map((name) => join('tensorflow', name)), ...cards.map(({ file }) => file)],
      ...['tensorflow', ...new Set(cards.map(({ folder }) => folder))].map((path) => `-Wl,-rpath,${origin}/${path}`),
      ...['-o', bindingOf(made)],
    ],
    { signal, folder: made, missing: `There is no ${compiler} here.` },
  )
}

const ALLOCATOR = join('sources', 'allocator.cc')

/**
 * Has glibc keep the memory of large arrays for the next ones. By itself it gives each back to the system, which hands it out again page
 * by page: that took two thirds of the time of every operation on a layer's basis values.
 */
const KEEP_MEMORY = `#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
namespace {
const struct Keep {
  Keep() {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 2147483647);
    mallopt(M_TOP_PAD, 64 << 20);
  }
} keep;
}
#endif
`

/** In a process of its own: a library that was built for another processor takes the process along that loads it. */
async function tryOut(node: string, made: string, signal: AbortSignal): Promise<void> {
  const load = 'require(process.argv[1])'
  const here = { signal, folder: made, missing: 'Node is not where it was.' }
  await runProgram(node, ['-e', load, bindingOf(made)], here).catch((cause) => {
    if (signal.aborted) throw cause
    throw new UserError(
      'TensorFlow was compiled, but does not run on this machine: its processor or system is not one that it is made for.',
      { cause },
    )
  })
}

/** Libraries of NVIDIA's that TensorFlow opens by their names. */
const CUDA = /^lib(cudart|cublas|cublasLt|cudnn|cufft|curand|cusolver|cusparse|nccl|nvJitLink|cupti|nvrtc)\.so\.\d+$/

function nvidiaLibraries(made: string): { readonly folder: string; readonly file: string }[] {
  const nvidia = join(made, 'nvidia')
  if (!existsSync(nvidia)) return []
  return readdirSync(nvidia).flatMap((part) => {
    const folder = join('nvidia', part, 'lib')
    if (!existsSync(join(made, folder))) return []
    return readdirSync(join(made, folder))
      .filter((name) => CUDA.test(name))
      .map((name) => ({ folder, file: join(folder, name) }))
  })
}

/** Both of it for a studio of this person's, whose compute process runs on a Node. */
export function localInstaller(env: Options['env'], node: string) {
  return {
    install: (options: Pick<Options, 'gpu' | 'signal' | 'report'>) => installTensorflow({ ...options, env, node }),
    remove: () => removeTensorflow(env),
  }
}
