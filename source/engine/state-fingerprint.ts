import {type StateImage} from './state-image.js';

const factor = 435;
/** Of frozen objects, which do not change: their text. */
const texts = new WeakMap<object, string>();

/** FNV-1a of 64 bits over 32-bit words, as `EventHash` has it. */
class Words {
	private high = 0xcb_f2_9c_e4 | 0;
	private low = 0x84_22_23_25 | 0;
	private readonly bits = new DataView(new ArrayBuffer(8));

	word(value: number): void {
		const low = this.low ^ value;
		const carry = ((low >>> 16) * factor + (((low & 0xff_ff) * factor) >>> 16)) >>> 16;
		this.high = (Math.imul(this.high, factor) + carry + (low << 8)) | 0;
		this.low = Math.imul(low, factor);
	}

	number(value: number): void {
		// -0 and 0 are one value to whoever reads them.
		this.bits.setFloat64(0, value + 0);
		this.word(this.bits.getInt32(0));
		this.word(this.bits.getInt32(4));
	}

	text(value: string): void {
		this.word(value.length);
		for (let i = 0; i < value.length; i++) {
			this.word(value.charCodeAt(i)); // eslint-disable-line unicorn/prefer-code-point -- each unit once
		}
	}

	digits(): string {
		return (this.high >>> 0).toString(16).padStart(8, '0') + (this.low >>> 0).toString(16).padStart(8, '0');
	}
}

/**
Fingerprint of a state, 16 hex digits: two runs with the same one stand, for all that matters, at
the same point, whatever has brought them there. (`EventHash` is that of the past.)
*/
export function stateFingerprint(image: StateImage): string {
	const words = new Words();
	const add = (value: unknown): void => {
		if (typeof value === 'number') {
			words.number(value);
		} else if (typeof value === 'boolean') {
			words.word(value ? 1 : 0);
		} else if (typeof value === 'string') {
			words.text(value);
		} else if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
			const array = value as Float64Array;
			words.word(array.length);
			for (let i = 0; i < array.length; i++) {
				words.number(array[i]);
			}
		} else if (typeof value === 'object' && value !== null) {
			words.text(textOf(value));
		} else {
			words.word(-1);
		}
	};

	for (const value of image) {
		add(value);
	}

	return words.digits();
}

function textOf(value: object): string {
	const known = texts.get(value);
	if (known !== undefined) {
		return known;
	}

	const text = JSON.stringify(value);
	texts.set(value, text);
	return text;
}
