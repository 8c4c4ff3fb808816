/** Speaks to the control API of a server that runs. */

/** What is to be sent. */
export interface ControlRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: string | null
}

/** Says why a server did not do it, or cannot be reached. */
export class CallError extends Error {
  override readonly name = 'CallError'
}

/**
 * Calls the control API.
 * @returns what it answers, read; nothing where it answers nothing
 * @throws CallError when it refuses, or cannot be reached
 */
export async function send(request: ControlRequest): Promise<unknown> {
  const { ok, status, text } = await reached(request)
  if (!ok) throw new CallError(refusal(status, text, request.url))
  if (text === '') return ''
  try {
    return JSON.parse(text)
  } catch {
    throw new CallError(refusal(status, '', request.url))
  }
}

async function reached(request: ControlRequest): Promise<{ ok: boolean; status: number; text: string }> {
  try {
    const answer = await fetch(request.url, request)
    return { ok: answer.ok, status: answer.status, text: await answer.text() }
  } catch (error) {
    throw new CallError(failure(error as Error, request.url))
  }
}

/** Why the server did not do it, in its own words. */
function refusal(status: number, text: string, url: string): string {
  try {
    const { detail, errors = [] } = JSON.parse(text) as {
      detail?: string
      errors?: { pointer?: string; detail?: string; message?: string }[]
    }
    // The simulated API says `message`: it is what answers for a sandbox that cannot be.
    const told = detail ?? errors[0]?.message
    if (told !== undefined) {
      const more = detail !== undefined && errors.length > 1 ? errors : []
      return [told, ...more.map((error) => `  ${error.pointer}: ${error.detail}`)].join('\n')
    }
  } catch {
    // No JSON: not one of ours.
  }
  return `Failed to call ${url}: it answers ${status} as no fauxflare server does. Say where yours is with --url.`
}

function failure(error: Error, url: string): string {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
  const why = code === 'ECONNREFUSED' ? 'nothing listens there' : message || code
  return `Failed to reach ${new URL(url).origin}: ${why}. Start a server with fauxflare, or say where it is with --url or FAUXFLARE_URL.`
}
