/** The rooms of the house: which folder belongs to which, and what each may use. DESIGN 1 in a table. */
export interface Room {
  readonly name: string
  /** Folders below the root, with a trailing slash. */
  readonly folders: readonly string[]
  /** Folder of the manifest that declares the room's dependencies. */
  readonly manifest: string
  /** Our own packages, by the exact specifiers that may be imported. */
  readonly ours: readonly string[]
  /** Further packages of ours that only the room's own tests may import. */
  readonly oursInTests?: readonly string[]
  /** Rooms whose sources are reached by path: the host packages have no entry that could be imported by name. */
  readonly byPath?: readonly string[]
  /** The only other packages that may be imported (in sources); absent: whatever the manifest declares. */
  readonly packages?: readonly string[]
}

const core = '@forcewire/core'
const portable = '@forcewire/core/portable'
const operations = '@forcewire/operations'
const emulator = '@forcewire/emulator'

/** Every room. A path that is in none is one of the few files at the root. */
export const rooms: readonly Room[] = [
  {
    name: 'core',
    folders: ['packages/core/'],
    manifest: 'packages/core',
    ours: [],
    oursInTests: [emulator],
    packages: ['undici', 'jose', 'fast-xml-parser'],
  },
  {
    name: 'operations',
    folders: ['packages/operations/'],
    manifest: 'packages/operations',
    ours: [portable],
    oursInTests: [core, emulator],
    packages: [],
  },
  { name: 'emulator', folders: ['packages/emulator/'], manifest: 'packages/emulator', ours: [] },
  {
    name: 'Node-RED',
    folders: ['packages/node-red/'],
    manifest: 'packages/node-red',
    ours: [core, portable, operations],
    oursInTests: [emulator],
  },
  {
    name: 'n8n',
    folders: ['nodes/', 'credentials/', 'icons/'],
    manifest: '.',
    ours: [portable, operations],
    packages: ['n8n-workflow'],
  },
  {
    name: 'tools',
    folders: ['packages/tools/'],
    manifest: 'packages/tools',
    ours: [core, portable, operations],
    byPath: ['n8n', 'Node-RED'],
  },
  {
    name: 'test',
    folders: ['test/'],
    manifest: 'test',
    ours: [core, portable, operations, emulator, '@forcewire/tools/*'],
    byPath: ['n8n', 'Node-RED'],
  },
]

/** The room that a path below the root belongs to. */
export function roomOf(path: string): Room | undefined {
  return rooms.find((room) => room.folders.some((folder) => path.startsWith(folder)))
}

/** Is the file a test, or only for tests? The whole of `test/` counts as sources of its room. */
export function isTest(path: string): boolean {
  return /^packages\/[^/]+\/test\//.test(path)
}
