import {characterKey, controlKey} from './character-key.js';
import {csiInputs} from './pointer-report.js';
import {endsWithDollar, ss3Keys} from './sequence-keys.js';
import {MouseReport} from './mouse-report.js';
import {Paste} from './paste.js';
import {type TerminalInput} from './terminal-input.js';
import {Utf8Run} from './utf8-run.js';
import {type State, patienceOf, openBracket, closeBracket, introducers} from './decoder-state.js';

const escape = 0x1b;
const bell = 0x07;

const backslash = 0x5c;

/** No key and no report has parameters that are longer. */
const longestParameters = 256;

/**
Turns the bytes that a terminal sends into keys, pastes and what the mouse did. It holds no clock
and no stream: however the bytes are cut into pieces, the same comes out, unless `flush` says that
the rest will not come.

Known sequences are keys, and so are SGR reports of presses and the wheel; everything else that has
the form of a sequence (other reports, replies) is nothing, and so is ill-formed UTF-8. ESC before
what begins no sequence is the key Esc, then the other key. In a sequence a control character ends
it and counts for itself, so that no torn reply takes Ctrl-C away.
*/
export class KeyDecoder {
	private state: State = 'ground';
	private introducer = 0;
	/** Something has followed the introducer. */
	private begun = false;
	private parameters = '';
	private readonly character = new Utf8Run();
	private readonly mouse = new MouseReport();
	private readonly paste = new Paste();
	private inputs: TerminalInput[] = [];

	/** How long a silence decides what the bytes so far are, ms; undefined when nothing is open. */
	get patience(): number | undefined {
		return patienceOf(this.state, this.begun, this.paste.stalled);
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
			this.paste.stalled = true;
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
			this.mouse.begin();
		} else if (this.parameters === '200' && character === '~') {
			this.state = 'paste';
			this.paste.begin();
		} else {
			this.inputs.push(...csiInputs(this.parameters, character));
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

	/** No character of a mouse report is a control character. */
	private takeMouse(byte: number): void {
		if (byte < 0x20) {
			this.state = 'ground';
			this.take(byte);
		} else if (this.mouse.take(byte)) {
			this.state = 'ground';
		}
	}

	private takePaste(byte: number): void {
		const end = this.paste.take(byte);
		if (end === 'goes on') {
			return;
		}

		this.state = 'ground';
		this.finishPaste();
		if (end === 'given up') {
			this.take(byte);
		}
	}

	private finishPaste(): void {
		const text = this.paste.text();
		if (text !== undefined) {
			this.inputs.push({kind: 'paste', text});
		}
	}
}
