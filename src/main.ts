import { run } from './app/commands.ts'

// Reads what was asked for and starts it; nothing else.
process.exitCode = await run(process.argv.slice(2), process.env)
