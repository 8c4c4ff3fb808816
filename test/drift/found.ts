import { drift, unlisted } from '../../server/drift/compare.ts'
import type { OpenApiDocument } from '../../server/drift/document.ts'

/** What a comparison finds, a line each: `missing-limit request body /name`. */
export function found(ours: OpenApiDocument, theirs: OpenApiDocument): string[] {
  return unlisted(drift(ours, theirs, [])).map(({ kind, where }) => `${kind} ${where}`)
}
