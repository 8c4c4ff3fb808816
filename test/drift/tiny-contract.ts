/** A made-up contract of one operation, small enough to be read in a test. */
import type { OpenApiDocument } from '../../server/drift/document.ts'

/** The parts of the contract; what is left out is left out of the document. */
export interface TinyContract {
  /** The schema of the request body. */
  body?: object
  /** The schema of the 200 response. */
  answer?: object
  parameters?: object[]
  schemas?: Record<string, object>
  securitySchemes?: Record<string, object>
  /** Members of the operation that replace those made from the above. */
  operation?: object
  path?: string
}

/** A document that has `PUT /accounts/{account_id}` and nothing else. */
export function tinyContract(parts: TinyContract = {}): OpenApiDocument {
  const { body, answer, parameters, schemas = {}, securitySchemes = {}, operation = {} } = parts
  const { path = '/accounts/{account_id}' } = parts
  return {
    openapi: '3.0.3',
    paths: {
      [path]: {
        put: {
          operationId: 'account-update',
          ...(parameters && { parameters }),
          ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
          responses: {
            200: { description: 'Done.', ...(answer && { content: { 'application/json': { schema: answer } } }) },
          },
          ...operation,
        },
      },
    },
    components: { schemas, securitySchemes },
  }
}
