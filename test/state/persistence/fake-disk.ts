/** A disk in memory, on which everything can fail, and which knows what would be left of it when the power is cut. */
import type { Disk, Look, OpenFile } from '../../../server/state/persistence/disk.ts'

/** Something that is done with a file or with its folder. */
export type Act =
  | 'look'
  | 'open'
  | 'make'
  | 'write'
  | 'truncate'
  | 'sync'
  | 'close'
  | 'rename'
  | 'delete'
  | 'syncFolder'

/** How an act fails. */
export interface Failure {
  code: string
  /** Whether it was done all the same. */
  isDone?: boolean
  /** How many bytes of a write were written. */
  part?: number
}

/** What was done to a file since it was last synced. */
type Edit = { at: number; bytes: Buffer } | { length: number }

interface Inode {
  id: number
  time: bigint
  content: Buffer
  synced: Buffer
  edits: Edit[]
}

/** What was done to the folder since it was last synced. */
type Entry = { name: string; inode: Inode | undefined }

const FOLDER = '/data'

export class FakeDisk implements Disk {
  /** Asked before each act. */
  fail: (act: Act, path: string, index: number) => Failure | undefined = () => undefined
  /** Awaited before each act. */
  before: (act: Act, path: string) => Promise<void> | void = () => {}
  /** What was done so far. */
  readonly acts: string[] = []
  /** Gone with everything in it, when true. */
  isGone = false
  #names = new Map<string, Inode>()
  #synced = new Map<string, Inode>()
  #entries: Entry[][] = []
  #ids = 0
  #time = 0n

  realPath(path: string): string {
    return path
  }

  list(folder: string): string[] {
    if (this.isGone || folder !== FOLDER) return []
    return [...this.#names.keys()].map((name) => name.slice(FOLDER.length + 1))
  }

  read(path: string): { bytes: Uint8Array; look: Look } | undefined {
    const inode = this.#find(path)
    return inode && { bytes: inode.content, look: lookOf(inode) }
  }

  readJson(path: string): { value: unknown; look: Look } | undefined {
    const read = this.read(path)
    return read && { value: JSON.parse(Buffer.from(read.bytes).toString()), look: read.look }
  }

  look(path: string): Promise<Look | undefined> {
    return this.#act('look', path, () => {
      const inode = this.#find(path)
      return inode && lookOf(inode)
    })
  }

  open(path: string): Promise<OpenFile | undefined> {
    return this.#act('open', path, () => {
      const inode = this.#find(path)
      return inode && this.#opened(path, inode)
    })
  }

  make(path: string): Promise<OpenFile> {
    return this.#act('make', path, () => {
      if (this.isGone) throw refusal('ENOENT')
      if (this.#names.has(path)) throw refusal('EEXIST')
      return this.#opened(path, this.put(path, ''))
    })
  }

  rename(from: string, to: string): Promise<void> {
    return this.#act('rename', from, () => {
      const inode = this.#find(from)
      if (!inode) throw refusal('ENOENT')
      this.#names.set(to, inode)
      this.#names.delete(from)
      this.#entries.push([
        { name: to, inode },
        { name: from, inode: undefined },
      ])
    })
  }

  delete(path: string): Promise<void> {
    return this.#act('delete', path, () => this.remove(path))
  }

  syncFolder(folder: string): Promise<void> {
    return this.#act('syncFolder', folder, () => {
      this.#synced = new Map(this.#names)
      this.#entries = []
    })
  }

  /** Puts a file here that somebody else wrote, in the place of what was there. */
  put(path: string, text: string): Inode {
    this.#ids += 1
    this.#time += 1n
    const content = Buffer.from(text)
    const inode = {
      id: this.#ids,
      time: this.#time,
      content,
      synced: Buffer.alloc(0),
      edits: [{ at: 0, bytes: content }],
    }
    this.#names.set(path, inode)
    this.#entries.push([{ name: path, inode }])
    return inode
  }

  /** Changes a file as somebody else would with an editor. */
  edit(path: string, change: (text: string) => string): void {
    const inode = this.#find(path) as Inode
    const bytes = Buffer.from(change(this.text(path)))
    this.#edit(inode, { length: 0 })
    this.#edit(inode, { at: 0, bytes })
  }

  remove(path: string): void {
    if (this.#names.delete(path)) this.#entries.push([{ name: path, inode: undefined }])
  }

  /** What is in a file; empty when there is none. */
  text(path: string): string {
    return this.#find(path)?.content.toString() ?? ''
  }

  /** The names of all files, in order. */
  get files(): string[] {
    return this.list(FOLDER).sort()
  }

  /** A copy of all files as they are. */
  copy(): FakeDisk {
    return this.#after(new Map([...this.#names].map(([name, { content }]) => [name, content])))
  }

  /**
   * What is left when the power is cut: what was synced, and of all else as much as it happens to be.
   * @param draw a number from 0 up to and with another
   */
  cut(draw: (most: number) => number): FakeDisk {
    const names = new Map(this.#synced)
    for (const entries of this.#entries.slice(0, draw(this.#entries.length))) {
      for (const { name, inode } of entries) {
        if (inode) names.set(name, inode)
        else names.delete(name)
      }
    }
    const contents = new Map<Inode, Buffer>()
    for (const inode of names.values()) {
      let content = inode.synced
      const count = draw(inode.edits.length)
      for (const edit of inode.edits.slice(0, count)) content = edited(content, edit)
      const torn = inode.edits[count]
      if (torn && 'bytes' in torn) {
        content = edited(content, { at: torn.at, bytes: torn.bytes.subarray(0, draw(torn.bytes.length)) })
      }
      contents.set(inode, content)
    }
    return this.#after(new Map([...names].map(([name, inode]) => [name, contents.get(inode) as Buffer])))
  }

  #after(files: ReadonlyMap<string, Buffer>): FakeDisk {
    const disk = new FakeDisk()
    for (const [name, content] of files) {
      const inode = disk.put(name, '')
      Object.assign(inode, { content, synced: content, edits: [] })
    }
    disk.#synced = new Map(disk.#names)
    disk.#entries = []
    return disk
  }

  #find(path: string): Inode | undefined {
    return this.isGone ? undefined : this.#names.get(path)
  }

  #opened(path: string, inode: Inode): OpenFile {
    return {
      look: () => this.#act('look', path, () => lookOf(inode)),
      write: (bytes, at) =>
        this.#act('write', path, (part) => this.#edit(inode, { at, bytes: Buffer.from(bytes.subarray(0, part)) })),
      truncate: (length) => this.#act('truncate', path, () => this.#edit(inode, { length })),
      sync: () =>
        this.#act('sync', path, () => {
          inode.synced = inode.content
          inode.edits = []
        }),
      close: () => this.#act('close', path, () => {}),
    }
  }

  #edit(inode: Inode, edit: Edit): void {
    this.#time += 1n
    inode.time = this.#time
    inode.content = edited(inode.content, edit)
    inode.edits.push(edit)
  }

  async #act<Result>(act: Act, path: string, run: (part?: number) => Result): Promise<Result> {
    const index = this.acts.length
    this.acts.push(`${act} ${path.slice(FOLDER.length + 1)}`)
    await this.before(act, path)
    const failure = this.fail(act, path, index)
    if (!failure) return run()
    if (failure.isDone) run()
    else if (failure.part !== undefined && act === 'write') run(failure.part)
    throw refusal(failure.code)
  }
}

function edited(content: Buffer, edit: Edit): Buffer {
  if ('length' in edit) return content.subarray(0, edit.length)
  const { at, bytes } = edit
  const gap = Buffer.alloc(Math.max(0, at - content.length))
  return Buffer.concat([content.subarray(0, at), gap, bytes, content.subarray(at + bytes.length)])
}

const lookOf = ({ id, content, time }: Inode): Look => ({ id: String(id), size: content.length, time })

const refusal = (code: string) => Object.assign(new Error(`${code}: refused`), { code })
