/** What many exchanges of a journal have in common, kept once. decisions/0010 has the figures. */
import type { Entry } from './entry.ts'
import { Lately } from './lately.ts'

/** What was asked. */
export type Question = Readonly<Pick<Entry, 'method' | 'sent' | 'from' | 'operation' | 'params'>>

/** Who asked, and how. */
export type Sender = Readonly<Pick<Entry, 'rawHeaders' | 'caller'>>

export class Shared {
  readonly #questions = new Lately(isQuestionOf, ({ method, sent, from, operation, params }: Entry): Question => {
    return { method, sent, from, operation, params }
  })
  readonly #senders = new Lately(isSenderOf, ({ rawHeaders, caller }: Entry): Sender => ({ rawHeaders, caller }))
  readonly #names = new Lately<readonly string[], readonly string[]>(isSame, (names) => names)

  questionOf(entry: Entry): Question {
    return this.#questions.of(entry)
  }

  senderOf(entry: Entry): Sender {
    return this.#senders.of(entry)
  }

  /** A list of names that is the same as one that came lately is that one. */
  namesOf(names: readonly string[]): readonly string[] {
    return this.#names.of(names)
  }
}

function isQuestionOf(question: Question, { method, sent, from, operation, params }: Entry): boolean {
  return (
    question.operation === operation &&
    question.sent === sent &&
    question.from === from &&
    question.method === method &&
    isSameParams(question.params, params)
  )
}

/** What a placeholder stands for may change. */
function isSameParams(a: Entry['params'], b: Entry['params']): boolean {
  if (a === undefined || b === undefined) return a === b
  for (const name in a) if (a[name] !== b[name]) return false
  for (const name in b) if (!(name in a)) return false
  return true
}

function isSenderOf(sender: Sender, { rawHeaders, caller }: Entry): boolean {
  return sender.caller === caller && isSame(sender.rawHeaders, rawHeaders)
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}
