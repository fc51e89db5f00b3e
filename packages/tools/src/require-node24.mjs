// Runs under whatever Node npm found, so it is plain JavaScript.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `Forcewire's scripts need Node 24, which \`npm ci\` brings as the package "node"; this one is ${process.version}. ` +
      'Run `npm ci` (its install script for "node" must be allowed), then start the command through `npm run`.',
  )
  process.exit(1)
}
