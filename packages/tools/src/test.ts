import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from './repository.ts'
import { type Counts, closingLines, selectTests } from './test-selection.ts'

const usage = `usage: npm test -- [part of a path ...] [--slow] [--name <pattern>]
  --slow   runs the *.slow.test.ts files (they install real hosts) and test/browser instead of the quick ones
  --name   runs only tests whose name matches the regular expression`

const { values, positionals } = readArguments()

const files = selectTests(
  globSync('{packages/*/test,test}/**/*.test.ts', { cwd: root, exclude: ['**/node_modules'] }),
  {
    slow: values.slow,
    filters: positionals,
  },
)

if (values.help) {
  console.log(usage)
} else if (files.length === 0) {
  console.error(
    `No ${values.slow ? 'slow ' : ''}test file has a path with ${positionals.join(' or ')} in it.\n${usage}`,
  )
  process.exitCode = 1
} else {
  await runTests(files)
}

/** Runs the files, each in a process of its own, and ends with the counts as the very last lines. */
async function runTests(selected: readonly string[]): Promise<void> {
  let total: { success: boolean; counts: Counts; duration_ms: number } | undefined
  const events = run({
    cwd: root,
    files: selected.map((file) => join(root, file)),
    // A test that waits for what never comes fails instead of holding up the run; n8n alone may install for ten minutes.
    timeout: (values.slow ? 45 : 10) * 60_000,
    // Most files wait for a server or a child process: one more than there are cores keeps the cores busy.
    concurrency: values.slow ? 1 : availableParallelism() + 1,
    execArgv: [
      '--conditions=forcewire-source',
      '--import',
      pathToFileURL(join(root, 'test/support/n8n-workflow.mjs')).href,
    ],
    ...(values.name === undefined ? {} : { testNamePatterns: [values.name] }),
  })
  events.on('test:summary', (summary) => {
    if (summary.file === undefined) total = summary
  })
  for await (const text of events.compose(new spec())) process.stdout.write(text)
  process.stdout.write('\n')
  if (total === undefined) throw new Error('The test runner ended without a summary')
  // The reporter lists failed tests after the counts, so the counts are said again.
  if (!total.success) process.stdout.write(`${closingLines(total.counts, total.duration_ms)}\n`)
  process.exitCode = total.success ? 0 : 1
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        slow: { type: 'boolean', default: false },
        name: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
    process.exit(1)
  }
}
