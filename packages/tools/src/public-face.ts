import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from '@microsoft/api-extractor'

/** What one entry of a package shows to its users. */
export interface PublicFace {
  /** Every declaration, in TypeScript, sorted by name and without its documentation. */
  readonly declarations: readonly string[]
  /** Places of exported declarations and members that have no documentation: `src/settings.ts:8 debug`. */
  readonly undocumented: readonly string[]
}

const { None, Warning } = { None: ExtractorLogLevel.None, Warning: ExtractorLogLevel.Warning }

/**
 * Reads the compiled declarations of one entry.
 *
 * @param folder - Absolute path of the package.
 * @param entry - Its declarations: `dist/index.d.ts`.
 * @throws Error when API Extractor cannot make sense of them.
 */
export async function publicFace(folder: string, entry: string): Promise<PublicFace> {
  const scratch = await mkdtemp(join(tmpdir(), 'forcewire-face-'))
  try {
    const undocumented: string[] = []
    const broken: string[] = []
    const { succeeded } = Extractor.invoke(prepare(folder, entry, scratch), {
      localBuild: true,
      messageCallback(message) {
        message.handled = true
        if (message.messageId === 'ae-undocumented') {
          const name = /"(.*)"/.exec(message.text)?.[1] ?? message.text
          const place = `${relative(folder, message.sourceFilePath ?? folder)}:${message.sourceFileLine}`
          if (name !== '__index') undocumented.push(`${place} ${name}`)
        } else if (message.logLevel === ExtractorLogLevel.Error) broken.push(message.text)
      },
    })
    if (!succeeded) throw new Error(`API Extractor cannot read ${entry}: ${broken.join(' ')}`)
    return { declarations: declarationsOf(await readFile(join(scratch, 'face.api.md'), 'utf8')), undocumented }
  } finally {
    await rm(scratch, { recursive: true })
  }
}

function prepare(folder: string, entry: string, scratch: string): ExtractorConfig {
  const messages = {
    default: { logLevel: Warning },
    'ae-missing-release-tag': { logLevel: None },
    'ae-forgotten-export': { logLevel: None },
    'ae-undocumented': { logLevel: Warning, addToApiReportFile: false },
  }
  const configObject: IConfigFile = {
    projectFolder: folder,
    mainEntryPointFilePath: join(folder, entry),
    newlineKind: 'lf',
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'es2023',
          lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
          module: 'nodenext',
          types: ['node'],
          strict: true,
          skipLibCheck: true,
        },
        files: [join(folder, entry)],
      },
    },
    apiReport: {
      enabled: true,
      includeForgottenExports: true,
      reportFileName: 'face',
      reportFolder: scratch,
      reportTempFolder: scratch,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: Warning } },
      extractorMessageReporting: messages,
      tsdocMessageReporting: { default: { logLevel: None } },
    },
  }
  const packageJsonFullPath = join(folder, 'package.json')
  return ExtractorConfig.prepare({ configObject, configObjectFullPath: undefined, packageJsonFullPath })
}

/** The report is one block of code; a mark of the release stage stands above each declaration. */
function declarationsOf(report: string): string[] {
  const code = /```ts\n([\s\S]*)\n```/.exec(report)?.[1] ?? ''
  const [, ...declarations] = code.split(/^\/\/ @public.*\n/m)
  return declarations.map((text) => text.replace(/^\s*\/\/ \((?:undocumented|No @package).*\n?/gm, '').trim())
}
