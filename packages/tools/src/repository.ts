import { fileURLToPath } from 'node:url'

/** Absolute path of the repository's root folder, with a trailing slash. */
export const root: string = fileURLToPath(new URL('../../../', import.meta.url))

/** A package that is built by `npm run build` and published. */
export interface PublishedPackage {
  /** Its npm name. */
  readonly name: string
  /** Folder below the root; `.` is the root itself, which is the n8n package. */
  readonly folder: string
  /** `library`: compiled by tsc (core is bundled besides); `host`: bundled by esbuild for one workflow engine. */
  readonly kind: 'library' | 'host'
  /** Files and folders, below the root, that decide what the build makes. */
  readonly inputs: readonly string[]
  /** Folders and files below the root that the build writes. */
  readonly outputs: readonly string[]
}

const library = (folder: string, name: string, alsoReads: readonly string[] = []): PublishedPackage => ({
  name,
  folder,
  kind: 'library',
  inputs: [
    `${folder}/src`,
    `${folder}/package.json`,
    `${folder}/tsconfig.json`,
    'tsconfig.json',
    'package-lock.json',
    ...alsoReads,
  ],
  outputs: [`${folder}/dist`],
})

const portableSources = ['packages/core/src', 'packages/operations/src', 'packages/tools/src', 'package-lock.json']

/** Everything that is published, in the order of building: the members of a stage do not need each other. */
export const buildStages: readonly (readonly PublishedPackage[])[] = [
  [library('packages/core', '@forcewire/core'), library('packages/emulator', '@forcewire/emulator')],
  [library('packages/operations', '@forcewire/operations', ['packages/core/src'])],
  [
    {
      name: 'n8n-nodes-forcewire',
      folder: '.',
      kind: 'host',
      inputs: ['nodes', 'credentials', 'icons', 'package.json', ...portableSources],
      outputs: ['dist'],
    },
    {
      name: '@forcewire/node-red-salesforce',
      folder: 'packages/node-red',
      kind: 'host',
      inputs: ['packages/node-red', ...portableSources],
      outputs: ['packages/node-red/dist', 'packages/node-red/resources'],
    },
  ],
]

/** Everything that is published. */
export const publishedPackages: readonly PublishedPackage[] = buildStages.flat()
