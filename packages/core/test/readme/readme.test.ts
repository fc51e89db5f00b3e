import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Salesforce } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { complaints } from '../support/compile.ts'
import { featuresOf } from './comparison.ts'
import { evidence } from './evidence.ts'
import { type Given, given, names } from './given.ts'
import { moduleOf, promisesOf, readReadme } from './snippets.ts'

const readme = readReadme(fileURLToPath(new URL('../../README.md', import.meta.url)))

/** The snippets as files of this folder that are not on disk. */
const modules = new Map(
  readme.snippets.map((snippet) => [
    fileURLToPath(new URL(`line-${snippet.line}.ts`, import.meta.url)),
    moduleOf(snippet, names, './given.ts'),
  ]),
)

type Run = (values: Given) => Promise<void>

describe('the snippets of the README', () => {
  let emulator: Emulator
  before(async () => {
    serve(modules)
    emulator = await createEmulator({ seed: 'demo', app: { rotateRefreshTokens: true } })
  })
  after(() => emulator.close())

  test('compile under the strict options of this repository', () => {
    assert.deepEqual(complaints([...modules.keys()], modules), [])
  })

  for (const [index, snippet] of readme.snippets.entries()) {
    test(`line ${snippet.line} (${snippet.section}) runs and prints what it says`, async () => {
      const file = [...modules.keys()][index] as string
      const { default: run } = (await import(pathToFileURL(file).href)) as { readonly default: Run }
      await using values = await given(emulator)
      await run(values)
      assert.equal(values.proxy.hosts.length > 0, snippet.code.includes('proxyUrl'), 'goes through the proxy, or not')
      for (const [line, promised] of promisesOf(snippet)) {
        const printed = values.console.printed.get(line) ?? []
        assert.notEqual(printed.length, 0, `line ${line} promises ${promised} and is never reached`)
        for (const text of printed) {
          assert.match(text, patternOf(promised), `line ${line} promises ${promised} and prints ${text}`)
        }
      }
    })
  }
})

describe('the comparison in the README', () => {
  const features = featuresOf(readme.text)

  test('says yes or no of this client, and both somewhere', () => {
    assert.deepEqual([...new Set(features.map(({ ours }) => ours))].sort(), ['no', 'yes'])
  })

  test('links every yes to a snippet that shows it', () => {
    const shown = features.filter(({ ours }) => ours === 'yes')
    assert.deepEqual(shown.map(({ name }) => name).sort(), Object.keys(evidence).sort())
    const bare = shown.filter(({ name, section }) => {
      const code = readme.snippets.filter((snippet) => snippet.section === section).map((snippet) => snippet.code)
      return !code.join('').includes(evidence[name] as string)
    })
    assert.deepEqual(bare, [])
  })

  test('says what each of its numbers means, and nothing that it does not refer to', () => {
    const [table = '', remarks = ''] = readme.text.split(/^(?=\[1\] )/m)
    const used = [...table.matchAll(/ \[(\d+)\] \|/g)].map(([, number]) => Number(number))
    const [paragraph = ''] = remarks.split('\n\n')
    const said = [...paragraph.matchAll(/(?:^|\s)\[(\d+)\] /g)].map(([, number]) => Number(number))
    assert.deepEqual(
      said,
      [...new Set(used)].sort((a, b) => a - b),
    )
  })
})

test('links within the README lead to a heading', () => {
  const links = [...readme.text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
  assert.deepEqual(
    links.filter((anchor) => !readme.sections.includes(anchor)),
    [],
  )
})

test('the README shows every method of a client', () => {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(Salesforce.prototype))
  const unused = methods.filter((name) => name !== 'constructor' && !new RegExp(`\\.${name}\\b`).test(readme.text))
  assert.deepEqual(unused, [])
})

/** `…` stands for any text: Ids and times differ from run to run. */
function patternOf(promised: string): RegExp {
  const parts = promised.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`)
}

/** Lets `import()` find the snippets, and gives them a client that does not wait. */
function serve(sources: ReadonlyMap<string, string>): void {
  const urls = new Map([...sources].map(([file, source]) => [pathToFileURL(file).href, source]))
  const core = new URL('core.ts', import.meta.url).href
  registerHooks({
    resolve: (specifier, context, next) => {
      if (urls.has(specifier)) return { url: specifier, format: 'module-typescript', shortCircuit: true }
      if (specifier === '@forcewire/core' && urls.has(context.parentURL ?? '')) return next(core, context)
      return next(specifier, context)
    },
    load: (url, context, next) => {
      const source = urls.get(url)
      return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true }
    },
  })
}
