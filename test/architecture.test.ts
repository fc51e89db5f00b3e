import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as files from '@forcewire/tools/architecture/file-rules'
import * as imports from '@forcewire/tools/architecture/import-rules'
import * as manifests from '@forcewire/tools/architecture/manifest-rules'
import * as reach from '@forcewire/tools/architecture/reach-rules'
import { readSourceTree, type SourceTree } from '@forcewire/tools/architecture/source-tree'
import { root } from '@forcewire/tools/repository'

const tree = readSourceTree(root)

/** A rule lists what breaks it; the rules themselves are tested in packages/tools on trees that break them. */
function holds(sentence: string, rule: (tree: SourceTree) => string[]): void {
  test(sentence, () => assert.deepEqual(rule(tree), []))
}

describe('directions', () => {
  holds('relative imports stay inside their room', imports.relativeImportsLeaveTheirRoom)
  holds('relative imports name an existing file with its extension', imports.relativeImportsWithoutFile)
  holds('packages of ours are imported along the arrows of the design only', imports.arrowsAgainstTheDesign)
  holds('sources use only the outside packages that the design grants them', imports.packagesAgainstTheDesign)
  holds('every imported package is declared by the manifest of its room', imports.undeclaredImports)
  holds('the libraries declare no dependency that they do not import', imports.unusedDependencies)
})

describe('what runs where', () => {
  holds(
    'the portable core needs no Node built-in but crypto, no undici, no global timer and no real clock',
    reach.portableCoreTies,
  )
  holds('nothing that n8n loads reaches undici or a Node built-in but crypto', reach.n8nTies)
  holds('nothing that ships reaches the emulator', reach.shippedEmulator)
  holds('every source of a library is reached from an entry of its package', reach.deadSources)
})

describe('files', () => {
  holds('only the known names lie at the root', files.strayTopLevelNames)
  holds('no file of code is longer than 400 lines', files.longFiles)
  holds('files and folders in packages and tests are in kebab-case', files.namesNotInKebabCase)
  holds('every file name says a subject', files.shapelessNames)
  holds("a barrel is a package's own entry", files.barrels)
  holds('modules have named exports only', files.defaultExports)
  holds('no file names a folder of a machine or the host of a registry', files.machinePaths)
})

describe('manifests', () => {
  holds('all packages agree on one version', manifests.versionsThatDisagree)
  holds('a package that several manifests ask for is asked for with one range', manifests.rangesThatDisagree)
  holds('every dependency is named in the README of its package', manifests.unexplainedDependencies)
  holds('every package has its papers', manifests.missingPapers)
  holds("the n8n package has no section that n8n's rules refuse", manifests.whatN8nRefuses)
})
