import {fitText} from '../charts/fit-text.js';

/** A place in a text, both counted from 1. */
export type Position = {readonly line: number; readonly column: number};

/** A fault of JSON text: what is wrong, and where. */
export class JsonFault extends Error {
	readonly offset: number;

	constructor(message: string, offset: number) {
		super(message);
		this.offset = offset;
	}
}

type Path = ReadonlyArray<string | number>;

/** Deeper nesting than this is no preset. */
const deepest = 64;

const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+\-]?\d+)?)(?![\w.])/vy;
const escape = /\\(?:["\\\/bfnrt]|u[\da-fA-F]{4})/vy;

/**
Reads JSON only to say where something is: V8 names no place for some faults, and none for values.
Stricter than JSON.parse in two things: a key may not come twice, and nesting has a limit.
*/
class Scanner {
	/** Where the wanted value starts, or its nearest ancestor. */
	found = 0;
	private offset = 0;

	private readonly text: string;
	private readonly wanted: Path;

	constructor(text: string, wanted: Path) {
		this.text = text;
		this.wanted = wanted;
	}

	document(): void {
		this.value([]);
		this.space();
		if (this.offset < this.text.length) {
			throw new JsonFault('text after the end of the preset', this.offset);
		}
	}

	private value(path: Path): void {
		this.space();
		if (path.length <= this.wanted.length && path.every((step, index) => step === this.wanted[index])) {
			this.found = this.offset;
		}

		if (path.length > deepest) {
			throw new JsonFault(`nested deeper than ${deepest} levels`, this.offset);
		}

		const start = this.text[this.offset];
		switch (start) {
			case '{': {
				this.object(path);
				break;
			}

			case '[': {
				this.array(path);
				break;
			}

			case '"': {
				this.string();
				break;
			}

			default: {
				this.token(literal, start === undefined ? 'the text ends too early' : 'a value is expected here');
			}
		}
	}

	private object(path: Path): void {
		const keys = new Set<string>();
		this.members('}', () => {
			this.space();
			const at = this.offset;
			if (this.text[at] !== '"') {
				throw new JsonFault(
					at < this.text.length ? 'a key in double quotes is expected here' : 'the text ends too early',
					at,
				);
			}

			const key = String(JSON.parse(this.string()));
			if (keys.has(key)) {
				throw new JsonFault(`the key ${fitText(key, 60, 'both')} comes twice`, at);
			}

			keys.add(key);
			this.space();
			this.expect(':');
			this.value([...path, key]);
		});
	}

	private array(path: Path): void {
		let index = 0;
		this.members(']', () => {
			this.value([...path, index]);
			index++;
		});
	}

	private members(end: string, member: () => void): void {
		this.offset++;
		this.space();
		if (this.text[this.offset] === end) {
			this.offset++;
			return;
		}

		for (;;) {
			member();
			this.space();
			if (this.text[this.offset] === end) {
				this.offset++;
				return;
			}

			this.expect(',', `"," or "${end}"`);
		}
	}

	private expect(character: string, words = `"${character}"`): void {
		if (this.text[this.offset] !== character) {
			throw new JsonFault(
				this.offset >= this.text.length ? 'the text ends too early' : `${words} is expected here`,
				this.offset,
			);
		}

		this.offset++;
	}

	private token(pattern: RegExp, complaint: string): void {
		pattern.lastIndex = this.offset;
		const match = pattern.exec(this.text);
		if (match === null) {
			throw new JsonFault(complaint, this.offset);
		}

		this.offset += match[0].length;
	}

	/** By hand and not by a pattern, which would need a stack as deep as the string is long. */
	private string(): string {
		const start = this.offset;
		this.offset++;
		for (;;) {
			const character = this.text[this.offset];
			if (character === '"') {
				this.offset++;
				return this.text.slice(start, this.offset);
			}

			if (character === '\\') {
				this.token(escape, 'this escape is none of JSON');
			} else if (character === undefined || character < ' ') {
				throw new JsonFault('a string that does not end', start);
			} else {
				this.offset++;
			}
		}
	}

	private space(): void {
		while (this.offset < this.text.length && ' \n\r\t'.includes(this.text[this.offset])) {
			this.offset++;
		}
	}
}

/** Checks that the text is JSON. Throws `JsonFault`. */
export function checkJson(text: string): void {
	new Scanner(text, []).document();
}

/** Where the value at a path stands in valid JSON; its nearest ancestor when it is missing. */
export function positionOfPath(text: string, path: Path): Position {
	const scanner = new Scanner(text, path);
	scanner.document();
	return positionOfOffset(text, scanner.found);
}

export function positionOfOffset(text: string, offset: number): Position {
	const before = text.slice(0, offset);
	return {line: before.split('\n').length, column: offset - before.lastIndexOf('\n')};
}
