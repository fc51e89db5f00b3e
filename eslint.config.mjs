// n8n's rules for community packages, over what n8n sees as sources. Formatting and general linting are Biome's.
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes'
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base'
import jsonParser from 'jsonc-eslint-parser'
import { parser as typescriptParser } from 'typescript-eslint'

// biome-ignore lint/style/noDefaultExport: ESLint reads the default export.
export default [
  { ignores: ['dist/**', 'packages/**', 'test/**', '**/node_modules/**'] },
  {
    files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
    ...n8nCommunityNodesPlugin.configs.recommended,
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
    languageOptions: { parser: typescriptParser },
    rules: { 'no-console': 'error' },
  },
  { files: ['package.json'], languageOptions: { parser: jsonParser } },
  { plugins: { 'n8n-nodes-base': n8nNodesBase } },
  { files: ['package.json'], rules: n8nNodesBase.configs.community.rules },
  {
    files: ['credentials/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.credentials.rules,
      // n8n's own exceptions for community packages, the same as in its command line tool.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
      'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
    },
  },
  {
    files: ['nodes/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.nodes.rules,
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
      'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
    },
  },
]
