/** `fauxflare drift`: compares the document that we serve with another one. */
import { writeDocument } from './document.ts'
import { runDrift } from './drift/command.ts'

/** @returns the exit code: 0 without differences, 1 with some, 2 when the file cannot be read */
export async function drift(file: string, json: boolean): Promise<number> {
  return runDrift(file, {
    ours: await writeDocument(),
    json,
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  })
}
