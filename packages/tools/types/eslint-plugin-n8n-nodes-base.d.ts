/** The plugin ships no declarations; this is what our lint configuration uses of it. */
declare module 'eslint-plugin-n8n-nodes-base' {
  import type { Linter } from 'eslint'

  const plugin: {
    readonly rules: Record<string, never>
    readonly configs: Readonly<Record<'community' | 'credentials' | 'nodes', { readonly rules: Linter.RulesRecord }>>
  }
  export = plugin
}
