/** What can be typed behind `fauxflare ctl`: the calls of the control API, and two more words for the clock. */
import { CONTROL_CALLS, type ControlCall } from '../../schemas/control.ts'
import type { Flag } from './flags.ts'

/** A call as it is typed. */
export interface Spoken {
  /** `['faults', 'add']` */
  words: readonly string[]
  call: ControlCall
  summary: string
  /** The names of what stands in the path, in their order. */
  params: readonly string[]
  /** The argument behind them; undefined when there is none. */
  argument: Argument | undefined
  /** The body when there is no argument. */
  otherwise?: unknown
}

/** An argument that becomes a body. */
export interface Argument {
  /** How it is shown. */
  form: string
  isOptional: boolean
  /** Makes a body of a bare word. Without it, such a word is the name of a file. */
  of?: (word: string) => unknown
}

/** Bodies that a word says. */
const SHORT: Readonly<Record<string, Pick<Argument, 'form' | 'of'>>> = {
  'control-seed': { form: 'size|json', of: (size) => ({ size }) },
  'control-faults-add': { form: 'preset|json', of: (preset) => ({ preset }) },
  'control-clock-set': { form: 'time|json', of: (now) => ({ now }) },
  'control-clock-advance': { form: 'duration|json', of: (by) => ({ by }) },
}

/** `control-faults-add` is typed as `faults add`. */
function spoken(call: ControlCall): Spoken {
  const { id, path, body, bodyOptional = false, summary } = call
  return {
    words: id.replace(/^control-/, '').split('-'),
    call,
    summary,
    params: [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name),
    argument: body && { form: 'json|file', isOptional: bodyOptional, ...SHORT[id] },
  }
}

/** What one wants of a clock most, in words of its own. */
function clockWords({ words: [clock = ''], call }: Spoken): Spoken[] {
  const freeze = (now: string) => ({ mode: 'frozen', now })
  return [
    {
      words: [clock, 'freeze'],
      call,
      summary: 'Stop the clock, now or at a time',
      params: [],
      argument: { form: 'time', isOptional: true, of: freeze },
      otherwise: { mode: 'frozen' },
    },
    {
      words: [clock, 'real'],
      call,
      summary: 'Back to the time of the machine',
      params: [],
      argument: undefined,
      otherwise: { mode: 'real' },
    },
  ]
}

/** Everything that can be typed, in the order of the document. */
export const SPOKEN: readonly Spoken[] = CONTROL_CALLS.map(spoken).flatMap((said) =>
  said.call.id === 'control-clock-set' ? [said, ...clockWords(said)] : [said],
)

/** The parameters of its query, as flags. */
export function flagsOf({ call }: Pick<Spoken, 'call'>): Flag[] {
  return Object.entries(call.query?.properties ?? {}).map(([name, schema]) => ({
    name,
    flag: `--${name.replaceAll('_', '-')}`,
    type: (schema as { type?: string }).type === 'boolean' ? 'boolean' : 'string',
  }))
}

/** How it is typed: `faults add <preset|json>`. */
export function usageOf({ words, params, argument }: Spoken): string {
  const shown = argument && (argument.isOptional ? `[${argument.form}]` : `<${argument.form}>`)
  return [...words, ...params.map((name) => `<${name}>`), ...(shown ? [shown] : [])].join(' ')
}
