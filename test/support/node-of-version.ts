import { join } from 'node:path'
import { cachedPackage } from './cached-package.ts'

/** Path of a Node of exactly this version, from the npm package that carries Node for this system. */
export async function nodeOfVersion(version: string): Promise<string> {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const folder = await cachedPackage(`node-${system}-${process.arch}`, version)
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}
