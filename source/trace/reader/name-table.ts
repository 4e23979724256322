import {Buffer} from 'node:buffer';

/** Names that are told apart where the owner says nothing else. */
const mostNames = 65_536;

/** A name with what its owner wants to find beside it. */
export type Named<Beside> = {readonly text: string; readonly beside: Beside; readonly bytes: Uint8Array};

type Entry<Beside> = Named<Beside> & {
	readonly hash: number;
	readonly next: Entry<Beside> | undefined;
};

/**
Strings for bytes that come again and again: one string a name, found without making
another one. The table grows to its capacity and then stays; further names get strings of their own.
*/
export class NameTable<Beside = undefined> {
	private count = 0;
	private readonly buckets: Array<Entry<Beside> | undefined> = Array.from({length: 4096});
	private readonly capacity: number;
	private readonly besideOf: (text: string) => Beside;

	/** `besideOf` is asked once a name. */
	constructor(besideOf: (text: string) => Beside, capacity = mostNames) {
		this.besideOf = besideOf;
		this.capacity = capacity;
	}

	/** The name in bytes `start` to `end`, as UTF-8. */
	entry(bytes: Uint8Array, start: number, end: number): Named<Beside> {
		const hash = hashOf(bytes, start, end);
		const bucket = (hash ^ (hash >>> 12)) & 4095;
		for (let entry = this.buckets[bucket]; entry !== undefined; entry = entry.next) {
			if (entry.hash === hash && isSame(entry.bytes, bytes, start, end)) {
				return entry;
			}
		}

		const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
		const entry: Entry<Beside> = {
			text,
			beside: this.besideOf(text),
			hash,
			bytes: bytes.slice(start, end),
			next: this.buckets[bucket],
		};
		if (this.count < this.capacity) {
			this.count++;
			this.buckets[bucket] = entry;
		}

		return entry;
	}

	text(bytes: Uint8Array, start: number, end: number): string {
		return this.entry(bytes, start, end).text;
	}
}

/** FNV-1a of a name's length, its first bytes and its last: names and addresses differ there. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
	let hash = 0x81_1c_9d_c5 ^ (end - start);
	const head = end - start > 10 ? start + 3 : end;
	for (let at = start; at < head; at++) {
		hash = Math.imul(hash ^ bytes[at], 0x01_00_01_93);
	}

	for (let at = Math.max(head, end - 6); at < end; at++) {
		hash = Math.imul(hash ^ bytes[at], 0x01_00_01_93);
	}

	return hash;
}

/** Whether a name's bytes are those from `start` to `end`. */
export function isSame(own: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
	const {length} = own;
	if (length !== end - start) {
		return false;
	}

	for (let i = 0; i < length; i++) {
		if (own[i] !== bytes[start + i]) {
			return false;
		}
	}

	return true;
}
