import {codedKeys} from './character-key.js';
import {modifiersOf, withModifiers} from './modifiers.js';

/** Finals of `CSI 1;m X` and `SS3 X`, from xterm's ctlseqs; rxvt's and the consoles' agree. */
const letters: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	E: 'begin',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

/** Numbers of `CSI n ~`: VT220's, with those of xterm, rxvt and the Linux console. */
const numbers: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pgup',
	6: 'pgdn',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
	25: 'f13',
	26: 'f14',
	28: 'f15',
	29: 'menu',
	31: 'f17',
	32: 'f18',
	33: 'f19',
	34: 'f20',
};

/** The keypad in application mode (`SS3 X`): what is printed on its keys. */
const keypad: Readonly<Record<string, string>> = {
	' ': 'space',
	I: 'tab',
	M: 'enter',
	X: '=',
	j: '*',
	k: '+',
	l: ',',
	m: '-',
	n: '.',
	o: '/',
	p: '0',
	q: '1',
	r: '2',
	s: '3',
	t: '4',
	u: '5',
	v: '6',
	w: '7',
	x: '8',
	y: '9',
};

/**
rxvt writes the arrows of shift in small letters, and says what is held
down by the final of a number.
*/
const small: Readonly<Record<string, string>> = {
	a: 'up',
	b: 'down',
	c: 'right',
	d: 'left',
	e: 'begin',
};
const finals: Readonly<Record<string, number>> = {
	'~': 1,
	$: 2,
	'^': 5,
	'@': 6,
};

/** Kitty's kinds of event: 1 press, 2 repeat, 3 release. */
const release = 3;

/** A parameter and those after its colons; NaN for what is left out. */
function fields(parameter = ''): number[] {
	return parameter.split(':').map(text => Number.parseInt(text, 10));
}

function given(value: number | undefined): number | undefined {
	return value === undefined || Number.isNaN(value) ? undefined : value;
}

function written(codes: readonly number[]): string {
	return codes
		.filter(code => code > 0 && code <= 0x10_ff_ff)
		.map(code => String.fromCodePoint(code))
		.join('');
}

/**
The keys of a control sequence: of `CSI parameters final`. Reports (of the cursor, of attributes, of
focus, of the mouse, of modes), releases of keys, and all that no table has, are no keys.
*/
export function csiKeys(parameters: string, final: string): string[] {
	const [first, second, third] = parameters.split(';');
	const [code, shifted, base] = fields(first);
	const [held, event] = fields(second);
	// `<`, `=`, `>` and `?` mark replies; intermediate characters no key has.
	if (/[^\d:;]/v.test(parameters) || event === release) {
		return [];
	}

	const modifiers = modifiersOf(given(held));
	if (final === 'u') {
		return Number.isNaN(code)
			? []
			: codedKeys({
					code,
					shifted: given(shifted),
					base: given(base),
					text: third === undefined ? undefined : written(fields(third)),
					modifiers,
				});
	}

	if (final in finals) {
		if (code === 27 && final === '~') {
			const [other] = fields(third);
			return Number.isNaN(other) ? [] : codedKeys({code: other, modifiers});
		}

		const name = numbers[code];
		return name === undefined ? [] : [withModifiers(name, final === '~' ? modifiers : modifiersOf(finals[final]))];
	}

	if (final === 'Z') {
		return ['S-tab'];
	}

	if (final in small && parameters === '') {
		return [`S-${small[final]}`];
	}

	return final in letters && !(final === 'R' && parameters !== '' && code !== 1)
		? [withModifiers(letters[final], modifiers)]
		: [];
}

/** The keys of `SS3 parameters final`; old terminals write what is held down before the final. */
export function ss3Keys(parameters: string, final: string): string[] {
	const modifiers = modifiersOf(given(Number.parseInt(parameters.split(';').at(-1) ?? '', 10)));
	if (final in small) {
		return [`C-${small[final]}`];
	}

	const name = letters[final] ?? keypad[final];
	return name === undefined ? [] : [withModifiers(name, modifiers)];
}

/** rxvt's `CSI n $`, whose last character would begin the end of any other sequence. */
export function endsWithDollar(parameters: string): boolean {
	return /^\d+$/v.test(parameters) && numbers[Number(parameters)] !== undefined;
}
