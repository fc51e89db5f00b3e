/** A file in a packed package, as `npm pack --json` lists it. */
export interface PackedFile {
  /** Relative to the package, with `/`. */
  readonly path: string
  readonly size: number
}

const papers = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']
const folders = ['dist/', 'examples/', 'resources/']
const unwanted =
  /\.tsbuildinfo$|\.test\.|(?<!\.d)\.ts$|(?:^|\/)(?:test|node_modules)\/|\.(?:pem|key|env|tgz|log|sqlite)$/

/** What is wrong with the list of files in a package: missing papers, and files that nobody who installs it needs. */
export function strayFiles(files: readonly PackedFile[]): string[] {
  const paths = files.map((file) => file.path)
  const missing = papers.filter((paper) => !paths.includes(paper)).map((paper) => `lacks ${paper}`)
  const built = paths.some((path) => path.startsWith('dist/')) ? [] : ['has no dist: it was packed before it was built']
  const stray = paths
    .filter(
      (path) => unwanted.test(path) || !(papers.includes(path) || folders.some((folder) => path.startsWith(folder))),
    )
    .map((path) => `ships ${path}`)
  return [...missing, ...built, ...stray]
}
