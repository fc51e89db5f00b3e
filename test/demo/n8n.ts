import { runDemoCommand } from './command-line.ts'
import { n8n } from './n8n-engine.ts'

await runDemoCommand('demo:n8n', n8n)
