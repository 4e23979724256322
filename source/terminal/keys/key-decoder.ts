import {characterKey, controlKey} from './character-key.js';
import {csiKeys, endsWithDollar, ss3Keys} from './sequence-keys.js';
import {type TerminalInput} from './terminal-input.js';
import {Utf8Run} from './utf8-run.js';
import {type State, patienceOf} from './decoder-state.js';

const escape = 0x1b;
const bell = 0x07;
const interrupt = 0x03;
const openBracket = 0x5b;
const letterO = 0x4f;
const closeBracket = 0x5d;
const backslash = 0x5c;

/** What may follow ESC and introduce more: CSI, SS3, OSC, DCS, SOS, PM, APC (ECMA-48). */
const introducers: ReadonlyMap<number, State> = new Map<number, State>([
	[openBracket, 'csi'],
	[letterO, 'ss3'],
	[closeBracket, 'string'],
	[0x50, 'string'],
	[0x58, 'string'],
	[0x5e, 'string'],
	[0x5f, 'string'],
]);

/** No key and no report has parameters that are longer. */
const longestParameters = 256;
/** More of a paste than any field takes is left out, bytes. */
const longestPaste = 65_536;
const pasteEnd = [escape, openBracket, 0x32, 0x30, 0x31, 0x7e];

/**
Turns the bytes that a terminal sends into keys and pastes. It holds no clock and no stream: however
the bytes are cut into pieces, the same comes out, unless `flush` says that the rest will not come.

Known sequences are keys; everything else that has the form of a sequence (reports, replies,
mouse) is nothing, and so is ill-formed UTF-8. ESC before what begins no sequence is the key
Esc, then the other key. In a sequence a control character ends it and counts for itself, so
that no torn reply takes Ctrl-C away.
*/
export class KeyDecoder {
	private state: State = 'ground';
	private introducer = 0;
	/** Something has followed the introducer. */
	private begun = false;
	private parameters = '';
	private readonly character = new Utf8Run();
	/**
	Characters of a mouse report that are to come, and whether the last byte began one of two bytes.
	*/
	private mouseLeft = 0;
	private mouseLead = false;
	private paste: number[] = [];
	private matched = 0;
	/** A paste has stood still: its end may be lost, and Ctrl-C ends it. */
	private stalled = false;
	private inputs: TerminalInput[] = [];

	/** How long a silence decides what the bytes so far are, ms; undefined when nothing is open. */
	get patience(): number | undefined {
		return patienceOf(this.state, this.begun, this.stalled);
	}

	/** What these bytes, after those before, are. */
	push(bytes: Uint8Array): TerminalInput[] {
		for (const byte of bytes) {
			this.take(byte);
		}

		return this.taken();
	}

	/** What the bytes so far are when no more come. */
	flush(): TerminalInput[] {
		if (this.state === 'paste') {
			this.finishPaste();
			this.stalled = true;
		} else {
			this.abandon();
		}

		return this.taken();
	}

	private taken(): TerminalInput[] {
		const {inputs} = this;
		this.inputs = [];
		return inputs;
	}

	private key(name: string | undefined): void {
		if (name !== undefined) {
			this.inputs.push({kind: 'key', name});
		}
	}

	/** Leaves what is open: a lone ESC, and one before what introduced nothing, were keys. */
	private abandon(): void {
		const {state} = this;
		this.state = 'ground';
		if (state === 'escape' || state === 'stringEnd') {
			this.key('esc');
		} else if ((state === 'csi' || state === 'ss3' || state === 'string') && !this.begun) {
			this.key('esc');
			this.key(characterKey(this.introducer));
		}
	}

	private take(byte: number): void {
		switch (this.state) {
			case 'ground': {
				this.takeGround(byte);
				break;
			}

			case 'character': {
				this.takeCharacter(byte);
				break;
			}

			case 'escape': {
				this.takeEscape(byte);
				break;
			}

			case 'csi': {
				this.takeCsi(byte);
				break;
			}

			case 'ss3': {
				this.takeSs3(byte);
				break;
			}

			case 'string': {
				this.takeString(byte);
				break;
			}

			case 'stringEnd': {
				this.takeStringEnd(byte);
				break;
			}

			case 'console': {
				this.state = 'ground';
				// F1 to F5.
				if (byte < 0x41 || byte > 0x45) {
					this.take(byte);
				} else {
					this.key(`f${byte - 0x40}`);
				}

				break;
			}

			case 'mouse': {
				this.takeMouse(byte);
				break;
			}

			case 'paste': {
				this.takePaste(byte);
				break;
			}
		}
	}

	private takeGround(byte: number): void {
		if (byte === escape) {
			this.state = 'escape';
		} else if (byte < 0x20) {
			this.key(controlKey(byte));
		} else if (byte < 0x80) {
			this.key(characterKey(byte));
		} else if (this.character.begin(byte)) {
			this.state = 'character';
		}
	}

	private takeCharacter(byte: number): void {
		const step = this.character.add(byte);
		if (step.kind === 'more') {
			return;
		}

		this.state = 'ground';
		if (step.kind === 'done') {
			this.key(characterKey(step.code));
		} else {
			this.take(byte);
		}
	}

	private takeEscape(byte: number): void {
		const next = introducers.get(byte);
		if (next === undefined) {
			this.abandon();
			this.take(byte);
			return;
		}

		this.state = next;
		this.introducer = byte;
		this.begun = false;
		this.parameters = '';
	}

	private takeCsi(byte: number): void {
		if (byte < 0x20 || byte > 0x7e) {
			this.abandon();
			this.take(byte);
			return;
		}

		const character = String.fromCodePoint(byte);
		if (byte < 0x40 && !(character === '$' && endsWithDollar(this.parameters))) {
			this.addParameter(character);
			return;
		}

		this.state = 'ground';
		if (this.parameters === '' && byte === openBracket) {
			this.state = 'console';
		} else if (this.parameters === '' && character === 'M') {
			this.state = 'mouse';
			this.mouseLeft = 3;
			this.mouseLead = false;
		} else if (this.parameters === '200' && character === '~') {
			this.state = 'paste';
			this.matched = 0;
			this.stalled = false;
		} else {
			for (const name of csiKeys(this.parameters, character)) {
				this.key(name);
			}
		}
	}

	private takeSs3(byte: number): void {
		if (byte < 0x20 || byte > 0x7e) {
			this.abandon();
			this.take(byte);
			return;
		}

		const character = String.fromCodePoint(byte);
		if (/[\d;]/v.test(character)) {
			this.addParameter(character);
			return;
		}

		this.state = 'ground';
		for (const name of ss3Keys(this.parameters, character)) {
			this.key(name);
		}
	}

	private addParameter(character: string): void {
		this.begun = true;
		if (this.parameters.length < longestParameters) {
			this.parameters += character;
		}
	}

	private takeString(byte: number): void {
		if (byte === escape) {
			this.state = 'stringEnd';
		} else if (byte === bell && this.introducer === closeBracket) {
			this.state = 'ground';
		} else if (byte > 0 && byte < 0x20 && (byte < 0x08 || byte > 0x0d)) {
			this.abandon();
			this.take(byte);
		} else {
			this.begun = true;
		}
	}

	private takeStringEnd(byte: number): void {
		if (byte === backslash) {
			this.state = 'ground';
			return;
		}

		// The string was torn, or never one; what begins here is another sequence.
		this.state = 'string';
		this.abandon();
		this.take(escape);
		this.take(byte);
	}

	/**
	One of the three characters of the old mouse report: a byte, or two where the terminal writes
	large coordinates as UTF-8. None is a control character.
	*/
	private takeMouse(byte: number): void {
		if (byte < 0x20) {
			this.state = 'ground';
			this.take(byte);
			return;
		}

		if (this.mouseLead && byte >= 0x80 && byte < 0xc0) {
			this.mouseLead = false;
			return;
		}

		this.mouseLead = byte >= 0xc2 && byte < 0xe0;
		this.mouseLeft--;
		if (this.mouseLeft === 0) {
			this.state = 'ground';
		}
	}

	private takePaste(byte: number): void {
		if (this.stalled && byte === interrupt) {
			this.state = 'ground';
			this.paste = [];
			this.take(byte);
			return;
		}

		this.stalled = false;
		if (byte === pasteEnd[this.matched]) {
			this.matched++;
			if (this.matched === pasteEnd.length) {
				this.finishPaste();
				this.state = 'ground';
			}

			return;
		}

		for (let index = 0; index < this.matched; index++) {
			this.keep(pasteEnd[index]);
		}

		// Only the first byte of the end is ESC.
		this.matched = byte === escape ? 1 : 0;
		if (this.matched === 0) {
			this.keep(byte);
		}
	}

	private keep(byte: number): void {
		if (this.paste.length < longestPaste) {
			this.paste.push(byte);
		}
	}

	private finishPaste(): void {
		if (this.paste.length > 0) {
			this.inputs.push({kind: 'paste', text: new TextDecoder().decode(Uint8Array.from(this.paste))});
		}

		this.paste = [];
	}
}
