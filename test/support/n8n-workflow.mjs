import { registerHooks } from 'node:module'

// n8n-workflow's ES modules import each other without file extensions, which Node refuses; its CommonJS build works.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'n8n-workflow') return next(specifier, context)
    return next(specifier, { ...context, conditions: ['node', 'require', 'default'] })
  },
})
