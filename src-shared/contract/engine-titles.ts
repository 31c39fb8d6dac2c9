/** What is an engine called on the screen? */

const TITLES: Readonly<Record<string, string>> = {
  wasm: 'WASM',
  webgpu: 'WebGPU',
  tensorflow: 'TensorFlow',
  reference: 'Reference',
}

/** @param name as in a job */
export const engineTitle = (name: string): string => TITLES[name] ?? name
